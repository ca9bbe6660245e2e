import type { Block, OkCell } from "@mobilenet-bench/results";

const STARTED = Date.parse("2026-11-22T18:33:12.702Z");

/** Two sets of five blocks, half an hour apart, in milliseconds. */
const MEDIANS = [
  [21.4, 21.3, 23.9, 21.2, 21.3],
  [21.5, 21.4, 21.3, 29.8, 21.6],
] as const;

function block(set: number, round: number, medianMs: number): Block {
  return {
    set,
    round,
    startedAt: new Date(STARTED + set * 1_800_000 + round * 2_000).toISOString(),
    inferences: 3,
    medianMs,
    minMs: medianMs - 0.2,
    steal: 0,
    samplesMs: [medianMs - 0.2, medianMs, medianMs + 0.4],
  };
}

/** A cell with figures, layers and samples, such as a run with `--profile --samples` leaves; one block is left out. */
export const OK_CELL: OkCell = {
  id: "mobilenet_v1_1.0_224/wasm/node",
  model: "mobilenet_v1_1.0_224",
  backend: "wasm",
  target: "node",
  options: {},
  multAdds: 568_740_352,
  params: 4_209_088,
  status: "ok",
  latency: { unit: "ms", median: 21.4, ci95: [21.3, 21.6], min: 21, p90: null, blocks: 9, inferences: 27 },
  gmacs: 26.6,
  coldStart: { importMs: 12, loadMs: 120, firstInferenceMs: 55 },
  correctness: { maxAbsError: 1e-6, bound: 6e-3, worstFraction: 1.6e-4, top1Agrees: true },
  warmUp: { inferences: 8, stable: true },
  blocks: MEDIANS.flatMap((set, i) =>
    set.map((medianMs, round) => {
      const one = block(i, round, medianMs);
      return medianMs === 29.8 ? { ...one, steal: 0.2, excluded: "steal above 5 %" } : one;
    }),
  ),
  layers: [
    { name: "Conv2d_0", type: "convolution", multAdds: 10_838_016, ms: 0.9 },
    { name: "Conv2d_1_depthwise", type: "depthwise", multAdds: 3_612_672, ms: 0.6 },
    { name: "Conv2d_1_pointwise", type: "pointwise", multAdds: 25_690_112, ms: 0.9 },
    { name: "AvgPool", type: "pool", multAdds: 0, ms: 0.05 },
    { name: "Logits", type: "dense", multAdds: 1_024_000, ms: 0.3 },
  ],
  actual: { threads: 1, precision: "fp32" },
};

/** The same without what can be absent. */
export const BARE_CELL: OkCell = {
  ...OK_CELL,
  layers: [],
  blocks: OK_CELL.blocks.map((block) => {
    const { samplesMs: _, ...rest } = block;
    return rest;
  }),
};
