import { join } from "node:path";
import type { Cell, FailedCell, OkCell, Run } from "@mobilenet-bench/results";
import { readRun, writeRun } from "@mobilenet-bench/results/store";
import { parseModelName } from "@mobilenet-bench/spec";
import { publishedFolder } from "../../src/folders.ts";

const SWEEP = "2026-11-22-1206c8248664.json";
const QUICK = "2026-11-22-41dd91654feb.json";
/** As many as make a line, and few enough for a picture. */
const MODELS = [
  "mobilenet_v1_1.0_224",
  "mobilenet_v1_0.75_192",
  "mobilenet_v1_0.5_160",
  "mobilenet_v1_0.25_128",
];
const HEAVIEST = "mobilenet_v1_1.0_224";
/** Was in the older sweep alone. */
const VANISHED = "mobilenet_v1_0.75_192/tfjs-node/node";
/** Has blocks left out, samples and a profile. */
const PROFILED = `${HEAVIEST}/wasm/node`;
const UNSETTLED = `${HEAVIEST}/tfjs-cpu/node`;

const FAILURES = new Map<string, Pick<FailedCell, "status" | "reason" | "remedy">>([
  [
    "mobilenet_v1_0.25_128/tfjs-cpu/node",
    { status: "crash", reason: "The process died (SIGSEGV).", remedy: "See the end of its output." },
  ],
  [
    `${HEAVIEST}/webgpu/chrome`,
    { status: "device-lost", reason: "The device was lost: the driver was reset.", remedy: "Run it alone." },
  ],
  [
    "mobilenet_v1_0.5_160/ort-webgpu/chrome",
    { status: "unsupported", reason: "The browser has no WebGPU adapter for this backend." },
  ],
  [
    "mobilenet_v1_0.5_160/ort-wasm/node",
    { status: "mismatch", reason: "Logit 3 is off by 0.41, where 0.0066 is allowed." },
  ],
]);

/**
 * Writes runs with a cell of every kind: settled and not, tied, failed in several ways, unsupported, on a software adapter,
 * of a dirty tree, vanished since an older run, with blocks left out, samples and a profile. They are made of published
 * runs, which never change: what is drawn of them is the same for ever.
 */
export async function writeFixtureRuns(folder: string): Promise<void> {
  const [sweep, quick] = await Promise.all(
    [SWEEP, QUICK].map((name) => readRun(join(publishedFolder(), name))),
  );
  if (!sweep || !quick) throw new Error("Two published runs were expected.");
  const chosen = sweep.cells.filter(({ model }) => MODELS.includes(model));
  await writeRun(folder, {
    ...sweep,
    id: "2026-11-15T18-33-02-1-1206c8",
    startedAt: "2026-11-15T18:33:02.278Z",
    cells: chosen.map(weekBefore),
  });
  await writeRun(folder, { ...sweep, cells: chosen.filter(({ id }) => id !== VANISHED).map(changed) });
  await writeRun(
    folder,
    dirty({ ...quick, cells: quick.cells.filter(({ target }) => target === "chrome").map(changed) }),
  );
}

function dirty(run: Run): Run {
  return { ...run, environment: { ...run.environment, dirty: true } };
}

/** A little slower, so that its figures are not taken for the newer ones. */
function weekBefore(cell: Cell): Cell {
  if (cell.status !== "ok") return cell;
  const { latency } = cell;
  const [low, high] = latency.ci95;
  return {
    ...cell,
    latency: { ...latency, median: latency.median * 1.04, ci95: [low * 1.04, high * 1.04] },
  };
}

function changed(cell: Cell): Cell {
  const failure = FAILURES.get(cell.id);
  if (failure) {
    const { id, model, backend, target, options, multAdds, params } = cell;
    return { id, model, backend, target, options, multAdds, params, ...failure };
  }
  if (cell.status !== "ok") return cell;
  if (cell.id === UNSETTLED) return { ...cell, warmUp: { ...cell.warmUp, stable: false } };
  return cell.id === PROFILED ? profiled(cell) : cell;
}

/** Layers take time by their mult-adds, depthwise ones four times as much: neither all alike nor at random. */
function profiled(cell: OkCell): OkCell {
  const { layers } = parseModelName(cell.model);
  const weight = (layer: (typeof layers)[number]) =>
    layer.multAdds * (layer.type === "depthwise" ? 4 : 1) + 50_000;
  const all = layers.reduce((sum, layer) => sum + weight(layer), 0);
  return {
    ...cell,
    latency: { ...cell.latency, blocks: cell.latency.blocks - 1 },
    blocks: cell.blocks.map((block, i) => ({
      ...block,
      samplesMs: [-0.4, -0.1, 0, 0.2, 0.7].map((off) => block.medianMs + off * (1 + (i % 3) / 4)),
      ...(i === 3 && { excluded: "steal above 5 %", steal: 0.2 }),
    })),
    layers: layers.map((layer) => ({
      name: layer.name,
      type: layer.type,
      multAdds: layer.multAdds,
      ms: (cell.latency.median * weight(layer)) / all,
    })),
  };
}
