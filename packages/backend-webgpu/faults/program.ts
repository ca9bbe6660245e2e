import { SHALLOW, type BackendFault, type Edit } from "@mobilenet-bench/backend/faults";

const cell = `${SHALLOW}/webgpu/node`;

function edit(name: string, find: string, replace: string): Edit {
  return { file: `${name}.ts`, find, replace };
}

/** Mistakes in the buffers, the bindings and the dispatches. */
export const PROGRAM_FAULTS: readonly BackendFault[] = [
  {
    id: "webgpu/lost-dispatch",
    kind: "stale buffer",
    cell,
    edits: [
      edit(
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
      edit(
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
      edit(
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
    id: "webgpu/nan-lane",
    kind: "not a number",
    cell,
    edits: [
      edit(
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
    id: "webgpu/batch-image",
    kind: "wrong buffer",
    cell,
    edits: [
      {
        file: "session.ts",
        find: "input.subarray(i * this.#imageLength, (i + 1) * this.#imageLength)",
        replace: "input.subarray(0, this.#imageLength)",
      },
    ],
    layer: "Logits",
    mode: "chained",
    why: "every picture of a batch is the first",
  },
];
