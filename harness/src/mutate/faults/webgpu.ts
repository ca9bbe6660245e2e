import type { BackendFault, Edit } from "../fault.ts";
import { SHALLOW } from "./models.ts";

const cell = `${SHALLOW}/webgpu/node`;

function kernel(name: string, find: string, replace: string): Edit {
  return { module: `backend-webgpu/kernels/${name}.js`, find, replace };
}

function other(name: string, find: string, replace: string): Edit {
  return { module: `backend-webgpu/${name}.js`, find, replace };
}

/** A tile that only larger layers or real GPUs get, for one layer: others would take long to compile. */
function tileOf(layer: string, tile: string): Edit {
  const condition = "if (layer.multAdds < worthMultAdds)";
  return kernel("table", condition, `if (layer.name === "${layer}") return [${tile}];\n    ${condition}`);
}

/** Mistakes in the shaders, the buffers and the dispatches of WebGPU. */
export const WEBGPU_FAULTS: readonly BackendFault[] = [
  {
    id: "webgpu/pad-top",
    kind: "wrong pad",
    cell,
    edits: [kernel("stage", "* ${stride} - ${padding.top};", "* ${stride};")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "windows begin at the picture's edge, not in the padding",
  },
  {
    id: "webgpu/pad-one-sided",
    kind: "wrong pad",
    cell,
    edits: [kernel("stage", "* ${stride} - ${padding.left};", "* ${stride} - 1;")],
    layer: "Conv2d_4_depthwise",
    mode: "fed",
    why: "layers whose padding is all on the right get a column on the left",
  },
  {
    id: "webgpu/pad-right",
    kind: "wrong pad",
    cell,
    edits: [kernel("stage", "u32(${x}) < ${width}u`", "u32(${x}) < ${width - 1}u`")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the last column of the plane counts as padding",
  },
  {
    id: "webgpu/stride-columns",
    kind: "wrong stride",
    cell,
    edits: [kernel("stage", "${columns}u) * ${stride} - ${padding.left}", "${columns}u) - ${padding.left}")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "windows go along a row one column at a time",
  },
  {
    id: "webgpu/row-pitch",
    kind: "wrong stride",
    cell,
    edits: [kernel("stage", "u32((${y}) * ${width} + ${x})", "u32((${y}) * ${width - 1} + ${x})")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "rows are taken to be one pixel shorter than they are",
  },
  {
    id: "webgpu/clamp-upper",
    kind: "missing clamp",
    cell,
    edits: [kernel("activated", "clamp(${sum}, vec4f(0), vec4f(6))", "max(${sum}, vec4f(0))")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "ReLU in place of ReLU6",
  },
  {
    id: "webgpu/clamp-lower",
    kind: "missing clamp",
    cell,
    edits: [kernel("activated", "clamp(${sum}, vec4f(0), vec4f(6))", "min(${sum}, vec4f(6))")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "negative sums stay",
  },
  {
    id: "webgpu/bias-sums",
    kind: "dropped bias",
    cell,
    edits: [kernel("block", "? `bias[column${q}]`", "? `vec4f(0) * bias[column${q}]`")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "sums start from 0",
  },
  {
    id: "webgpu/bias-depthwise",
    kind: "dropped bias",
    cell,
    edits: [kernel("stage", "var sum = tapsBias[c];", "var sum = vec4f(0) * tapsBias[c];")],
    layer: "Conv2d_1_depthwise",
    mode: "fed",
    why: "depthwise sums start from 0",
  },
  {
    id: "webgpu/swapped-inputs",
    kind: "swapped channel",
    cell,
    edits: [kernel("block", "`x${r}[${j}] * w${j}_${q}`", "`x${r}[${j < 2 ? j ^ 1 : j}] * w${j}_${q}`")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the first two of four inputs meet each other's weights",
  },
  {
    id: "webgpu/transposed-taps",
    kind: "transposed weights",
    cell,
    edits: [
      kernel(
        "stage",
        "vec4f(taps[tap * ${depth}u + c])",
        "vec4f(taps[(tap % ${kernel}u * ${kernel}u + tap / ${kernel}u) * ${depth}u + c])",
      ),
    ],
    layer: "Conv2d_1_depthwise",
    mode: "fed",
    why: "depthwise filters are mirrored at the diagonal",
  },
  {
    id: "webgpu/last-element",
    kind: "tail",
    cell,
    edits: [kernel("stage", "element < ${elements}u", "element < ${elements - 1}u")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the last value of a patch counts as padding",
  },
  {
    id: "webgpu/last-pixel",
    kind: "tail",
    cell,
    edits: [kernel("multiply-direct", "if (row >= ${pixels}u) {", "if (row >= ${pixels - 1}u) {")],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the last pixel is written by nobody",
  },
  {
    id: "webgpu/last-pixel-fused",
    kind: "tail",
    cell,
    edits: [kernel("block", "${pixelAt(r)} < ${pixels}u`", "${pixelAt(r)} < ${pixels - 1}u`")],
    layer: "Conv2d_1_pointwise",
    mode: "chained",
    why: "fused kernels leave the last pixel unwritten",
  },
  {
    id: "webgpu/last-depth",
    kind: "tail",
    cell,
    edits: [
      kernel(
        "multiply-direct",
        "for (var c = 0u; c < ${depth}u; c++)",
        "for (var c = 0u; c < ${depth - 1}u; c++)",
      ),
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the last vector of the depth is left out",
  },
  {
    id: "webgpu/last-workgroup",
    kind: "tail",
    cell,
    edits: [kernel("materialize", "Math.ceil(length / THREADS)", "Math.floor(length / THREADS)")],
    layer: "Conv2d_1_depthwise",
    mode: "fed",
    why: "a last workgroup that is not full is not started",
  },
  {
    id: "webgpu/last-classes",
    kind: "tail",
    cell,
    edits: [
      kernel(
        "block",
        "...(fitsWidth ? [] : [`${columnAt(q)} < ${width}u`])",
        '...(fitsWidth && layer.type !== "dense" ? [] : [`${columnAt(q)} < ${width - 1}u`])',
      ),
    ],
    layer: "Logits",
    mode: "fed",
    why: "the last four classes keep what lay in the buffer",
  },
  {
    id: "webgpu/quad-members",
    kind: "swapped channel",
    cell,
    edits: [kernel("block", "kernel[at + member * ${width}u", "kernel[at + (member ^ 1u) * ${width}u")],
    layer: "Conv2d_1_pointwise",
    mode: "chained",
    why: "the threads of a quad read each other's rows of the kernel",
  },
  {
    id: "webgpu/lane-slice",
    kind: "unwritten slice",
    cell,
    edits: [
      kernel(
        "multiply-scratch",
        "let row = (tile * ${THREADS}u + index)",
        "let row = (tile * ${THREADS}u + min(index, 2u))",
      ),
    ],
    layer: "Conv2d_1_pointwise",
    mode: "chained",
    why: "one thread of four computes its neighbour's pixels",
  },
  {
    id: "webgpu/stale-scratch",
    kind: "stale buffer",
    cell,
    edits: [kernel("multiply-scratch", "r++) {\n    for (var c = 0u;", "r++) {\n    for (var c = 1u;")],
    layer: "Conv2d_1_pointwise",
    mode: "chained",
    why: "four channels of the scratch are those of an earlier layer",
  },
  {
    id: "webgpu/lost-dispatch",
    kind: "stale buffer",
    cell,
    edits: [
      other(
        "program",
        "pass.dispatchWorkgroups(...dispatch.kernel.workgroups);",
        'if (dispatch.layers[1]?.name !== "Conv2d_5_pointwise") pass.dispatchWorkgroups(...dispatch.kernel.workgroups);',
      ),
    ],
    layer: "Conv2d_5_pointwise",
    mode: "chained",
    why: "one dispatch is left out, and its buffer keeps the output of two layers before",
  },
  {
    id: "webgpu/wrong-taps",
    kind: "wrong buffer",
    cell,
    edits: [
      other(
        "layer-weights",
        "depthwise && this.#layers.get(depthwise.name);",
        'depthwise && this.#layers.get(layers[1]?.name === "Conv2d_4_pointwise" ? "Conv2d_3_depthwise" : depthwise.name);',
      ),
    ],
    layer: "Conv2d_4_pointwise",
    mode: "chained",
    why: "one fused dispatch is bound to the taps of the layer before",
  },
  {
    id: "webgpu/stale-image",
    kind: "stale buffer",
    cell,
    edits: [
      other(
        "memory",
        "this.#device.gpu.queue.writeBuffer(this.image, 0, own);",
        "this.written ??= (this.#device.gpu.queue.writeBuffer(this.image, 0, own), true);",
      ),
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "only the first picture is ever uploaded",
  },
  {
    id: "webgpu/pool-divisor",
    kind: "wrong sum",
    cell,
    edits: [kernel("stage", "return sum / ${count}.0;", "return sum / ${count - 1}.0;")],
    layer: "AvgPool",
    mode: "fed",
    why: "the mean is taken over one pixel less",
  },
  {
    id: "webgpu/nan-lane",
    kind: "not a number",
    cell,
    edits: [
      other(
        "pack",
        "const packedBias = resizeRows(bias, channels, width);",
        "const packedBias = resizeRows(bias, channels, width);\n    if (channels === 148) packedBias[147] = NaN;",
      ),
    ],
    layer: "Conv2d_6_pointwise",
    mode: "fed",
    why: "the bias of one channel is NaN",
  },
  {
    id: "webgpu/workgroup-parts",
    kind: "tile edge",
    cell,
    given: [tileOf("Conv2d_5_pointwise", "shared(4, 16, 2, 1, 2)")],
    edits: [
      kernel(
        "multiply-shared",
        "let part = thread / ${threads / tile.split}u;",
        "let part = thread / ${threads}u;",
      ),
    ],
    layer: "Conv2d_5_pointwise",
    mode: "fed",
    why: "of threads that share a sum each takes the first part",
  },
  {
    id: "webgpu/workgroup-rows",
    kind: "tile edge",
    cell,
    given: [tileOf("Conv2d_5_pointwise", "shared(4, 16, 2, 1, 2)")],
    edits: [
      kernel("multiply-shared", "min(firstPixel + i / ${chunk}u,", "min(firstPixel + i / ${chunk + 1}u,"),
    ],
    layer: "Conv2d_5_pointwise",
    mode: "fed",
    why: "a workgroup stages some pixels in each other's place",
  },
  {
    id: "webgpu/thread-rows",
    kind: "tile edge",
    cell,
    given: [tileOf("Conv2d_5_pointwise", "quad(4, 2)")],
    edits: [
      kernel(
        "multiply-scratch",
        "pixelAt: (r) => `row + ${r}u`",
        "pixelAt: (r) => `row + ${Math.min(r, 2)}u`",
      ),
    ],
    layer: "Conv2d_5_pointwise",
    mode: "fed",
    why: "the last of a thread's four pixels is not written",
  },
  {
    id: "webgpu/thread-columns",
    kind: "tile edge",
    cell,
    given: [tileOf("Conv2d_5_pointwise", "quad(4, 2)")],
    edits: [kernel("multiply-scratch", "first += ${tile.columns}u", "first += ${tile.columns * 2 - 1}u")],
    layer: "Conv2d_5_pointwise",
    mode: "fed",
    why: "every third group of channels is left out where a thread has two",
  },
];
