import { LARGE, ODD, type BackendFault, type Edit } from "@mobilenet-bench/backend/faults";

const cell = `${ODD}/wasm/node`;
const threads = `${cell}?threads=2`;

function plan(name: string, find: string, replace: string): Edit {
  return { file: `plan/${name}.ts`, find, replace };
}

function layout(name: string, find: string, replace: string): Edit {
  return { file: `layout/${name}.ts`, find, replace };
}

function execute(find: string, replace: string): Edit {
  return { file: "run/execute.ts", find, replace };
}

/** Mistakes in the layout of memory, the plan of steps, and how threads go through them. */
export const PROGRAM_FAULTS: readonly BackendFault[] = [
  {
    id: "wasm/swapped-neighbours",
    kind: "swapped channel",
    cell,
    edits: [layout("panels", "weights[source + j]", "weights[source + (j < 2 ? j ^ 1 : j)]")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the first two channels of a panel have each other's weights",
  },
  {
    id: "wasm/transposed-taps",
    kind: "transposed weights",
    cell,
    edits: [
      plan(
        "pack",
        "weights[tap * channels + c]",
        "weights[((tap % 3) * 3 + Math.floor(tap / 3)) * channels + c]",
      ),
    ],
    layer: "Conv2d_1_depthwise",
    mode: "fed",
    why: "depthwise filters are mirrored at the diagonal",
  },
  {
    id: "wasm/last-panel",
    kind: "tail",
    cell,
    edits: [
      layout("panels", "Math.ceil((channels - narrow * rest)", "Math.floor((channels - narrow * rest)"),
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "a last panel that is not full is left out",
  },
  {
    id: "wasm/last-classes",
    kind: "tail",
    cell,
    edits: [execute("narrow: count - full", "narrow: 0")],
    layer: "Logits",
    mode: "fed",
    why: "the last eight classes keep what lay in the buffer",
  },
  {
    id: "wasm/last-pixels",
    kind: "tail",
    cell,
    edits: [layout("split", "small: count - large", "small: Math.max(0, count - large - 1)")],
    layer: "Conv2d_1_pointwise",
    mode: "fed",
    why: "the last block of pixels is left out",
  },
  {
    id: "wasm/band-edge",
    kind: "tile edge",
    cell: `${LARGE}/wasm/node`,
    edits: [execute("depthwise(producer, first, rows, band);", "depthwise(producer, start, rows, band);")],
    layer: "Conv2d_1_pointwise",
    mode: "chained",
    why: "of a fused pair every band has the rows of the first",
  },
  {
    id: "wasm/fused-band",
    kind: "wrong buffer",
    cell,
    edits: [
      execute("pointwise(consumer, first, rows, band);", "pointwise(consumer, first, rows, band + 4);"),
    ],
    layer: "Conv2d_1_pointwise",
    mode: "chained",
    why: "of a fused pair the second reads one value behind where the first wrote",
  },
  {
    id: "wasm/wrong-place",
    kind: "wrong buffer",
    cell,
    edits: [
      plan(
        "plan",
        "const from = { address, layout: input };",
        "const from = { address: i === 9 ? address + 16 : address, layout: input };",
      ),
    ],
    layer: "Conv2d_5_depthwise",
    mode: "chained",
    why: "one layer reads four values behind where its input was left",
  },
  {
    id: "wasm/one-buffer",
    kind: "wrong buffer",
    cell,
    edits: [plan("plan", "? buffers.depthwise", "? at(buffers.turns, turn % 2)")],
    layer: "Conv2d_1_pointwise",
    mode: "fed",
    why: "pointwise layers overwrite what they read",
  },
  {
    id: "wasm/stale-layer",
    kind: "stale buffer",
    cell,
    edits: [
      execute(
        "const step = at(plan.steps, index);",
        'const step = at(plan.steps, index);\n        if (step.name === "AvgPool" && routines.pooled) return;\n        routines.pooled ||= step.name === "AvgPool";',
      ),
    ],
    layer: "AvgPool",
    mode: "fed",
    why: "the pool runs in the first inference alone",
  },
  {
    id: "wasm/thread-slice",
    kind: "unwritten slice",
    cell: threads,
    edits: [
      layout(
        "split",
        "count: size + (index < larger ? 1 : 0) };",
        "count: index > 0 && index + 1 === parts ? 0 : size + (index < larger ? 1 : 0) };",
      ),
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the last thread writes nothing",
  },
  {
    id: "wasm/thread-seam",
    kind: "unwritten slice",
    cell: threads,
    edits: [layout("split", "first: index * size + Math.min(index, larger)", "first: index * size")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "where rows do not divide evenly, the last one is written by nobody",
  },
  {
    id: "wasm/nan-through-clamp",
    kind: "not a number",
    cell,
    edits: [
      layout(
        "panels",
        "target.set(bias, depth * paddedChannels(panels));",
        "target.set(bias, depth * paddedChannels(panels));\n    if (channels === 148) target[depth * paddedChannels(panels) + 147] = NaN;",
      ),
    ],
    layer: "Conv2d_6_pointwise",
    mode: "fed",
    why: "the bias of one channel is NaN, and must come through both clamps",
  },
  {
    id: "wasm/batch-image",
    kind: "wrong buffer",
    cell,
    edits: [
      {
        file: "session.ts",
        find: "input.subarray(i * perImage, (i + 1) * perImage)",
        replace: "input.subarray(0, perImage)",
      },
    ],
    layer: "Logits",
    mode: "chained",
    why: "every picture of a batch is the first",
  },
];
