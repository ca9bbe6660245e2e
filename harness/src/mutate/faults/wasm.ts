import type { BackendFault, Edit } from "../fault.ts";
import { FULL, LARGE, ODD } from "./models.ts";

const cell = `${ODD}/wasm/node`;
const threads = `${cell}?threads=2`;

function kernel(name: string, find: string, replace: string): Edit {
  return { module: `backend-wasm/kernels/${name}.js`, find, replace };
}

function plan(name: string, find: string, replace: string): Edit {
  return { module: `backend-wasm/plan/${name}.js`, find, replace };
}

function layout(name: string, find: string, replace: string): Edit {
  return { module: `backend-wasm/layout/${name}.js`, find, replace };
}

function execute(find: string, replace: string): Edit {
  return { module: "backend-wasm/run/execute.js", find, replace };
}

/** Mistakes in the generated kernels, the layout of memory and the threads of WebAssembly. */
export const WASM_FAULTS: readonly BackendFault[] = [
  {
    id: "wasm/pad-top",
    kind: "wrong pad",
    cell,
    edits: [kernel("convolution", "ky - padding.top", "ky")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "convolutions begin at the picture's edge, not in the padding",
  },
  {
    id: "wasm/pad-left",
    kind: "wrong pad",
    cell,
    edits: [kernel("depthwise", "((first + i) * stride - padding.left)", "((first + i) * stride)")],
    layer: "Conv2d_1_depthwise",
    mode: "fed",
    why: "taps meet the column to the right of theirs",
  },
  {
    id: "wasm/pad-one-sided",
    kind: "wrong pad",
    cell,
    edits: [kernel("depthwise", "ky - padding.top", "ky - 1")],
    layer: "Conv2d_4_depthwise",
    mode: "fed",
    why: "layers whose padding is all at the bottom get a row at the top",
  },
  {
    id: "wasm/pad-bottom",
    kind: "wrong pad",
    cell,
    edits: [kernel("depthwise", "i32.lt_u(c, height)", "i32.le_u(c, height)")],
    layer: "Conv2d_2_depthwise",
    mode: "fed",
    why: "the row below the plane is what happens to lie there, not zeros",
  },
  {
    id: "wasm/stride-rows",
    kind: "wrong stride",
    cell,
    edits: [kernel("convolution", "i32.mul(row, stride)", "i32.mul(row, 1)")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "convolutions go down one row at a time",
  },
  {
    id: "wasm/stride-strips",
    kind: "wrong stride",
    cell,
    edits: [
      kernel("depthwise", "advance(start, columns * stride * pixel)", "advance(start, columns * pixel)"),
    ],
    layer: "Conv2d_2_depthwise",
    mode: "fed",
    why: "the second strip of a row begins where stride 1 would",
  },
  {
    id: "wasm/clamp-upper",
    kind: "missing clamp",
    cell,
    edits: [kernel("vocabulary", "[6, 6, 6, 6]", "[60, 60, 60, 60]")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "ReLU in place of ReLU6",
  },
  {
    id: "wasm/clamp-lower",
    kind: "missing clamp",
    cell,
    edits: [kernel("vocabulary", "[0, 0, 0, 0]", "[-6, -6, -6, -6]")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "negative sums stay",
  },
  {
    id: "wasm/bias-pointwise",
    kind: "dropped bias",
    cell,
    edits: [kernel("pointwise", "sums.begin(bias);", "sums.begin(0);")],
    layer: "Conv2d_1_pointwise",
    mode: "fed",
    why: "pointwise and dense sums start from 0",
  },
  {
    id: "wasm/bias-depthwise",
    kind: "dropped bias",
    cell,
    edits: [kernel("depthwise", "tapAt(TAPS - 1, lane)", "tapAt(TAPS - 2, lane)")],
    layer: "Conv2d_1_depthwise",
    mode: "fed",
    why: "depthwise sums start from the last tap",
  },
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
    id: "wasm/last-depth",
    kind: "tail",
    cell,
    edits: [
      kernel(
        "convolution",
        "local.set(end, i32.add(a, length * F32));",
        "local.set(end, i32.add(a, (length - 1) * F32));",
      ),
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the last value of each kernel row is left out",
  },
  {
    id: "wasm/narrow-panel",
    kind: "tail",
    cell: `${cell}?simd=wide`,
    edits: [
      kernel(
        "pointwise",
        "countDown(narrow, () => panel(NARROW));",
        "countDown(panels, () => panel(NARROW));",
      ),
    ],
    layer: "Conv2d_1_pointwise",
    mode: "fed",
    why: "the narrow last panel of 16-channel tiles is not written",
  },
  {
    id: "wasm/baseline-sum",
    kind: "wrong sum",
    cell: `${cell}?simd=baseline`,
    edits: [kernel("vocabulary", "f32x4.add($, accumulator);", "f32x4.sub($, accumulator);")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "without fused multiply–add, products are subtracted",
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
    id: "wasm/stale-border",
    kind: "stale buffer",
    cell: `${FULL}/wasm/node`,
    edits: [
      kernel("convolution", "zeroColumns(border.left, columns);", "advance(c, border.left * outputPixel);"),
    ],
    layer: "Conv2d_1",
    mode: "chained",
    why: "the padding to the left holds values of an earlier layer",
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
    id: "wasm/pool-pixels",
    kind: "wrong sum",
    cell,
    edits: [
      kernel("pool", "i32.add(pixel, pixels * pitch * F32)", "i32.add(pixel, (pixels - 1) * pitch * F32)"),
    ],
    layer: "AvgPool",
    mode: "fed",
    why: "the mean leaves out the last pixel",
  },
  {
    id: "wasm/pool-divisor",
    kind: "wrong sum",
    cell,
    edits: [kernel("pool", "[pixels, pixels, pixels, pixels]", "[pixels, pixels, pixels, pixels + 1]")],
    layer: "AvgPool",
    mode: "fed",
    why: "one lane of four is divided by one pixel more",
  },
  {
    id: "wasm/nan-lane",
    kind: "not a number",
    cell,
    edits: [kernel("pool", "[pixels, pixels, pixels, pixels]", "[pixels, pixels, pixels, NaN]")],
    layer: "AvgPool",
    mode: "fed",
    why: "one lane of four is NaN",
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
];
