import { compare, expectChain, expectLayer } from "@mobilenet-bench/backend";
import { elements, uniform, type FoldedLayer, type Layer } from "@mobilenet-bench/spec";
import { openAdapter } from "#platform";
import { Device } from "../../src/device.ts";
import type { Kernel, Operand } from "../../src/kernels/kernel.ts";
import { packActivation, packWeights, unpackActivation } from "../../src/pack.ts";
import { readsImage } from "../../src/kernels/ops.ts";

/** Seeded weights and input of one layer. */
export interface Case {
  readonly layer: Layer;
  readonly weights: FoldedLayer;
}

export function randomCase(layer: Layer, seed: number): Case {
  const fanIn = Math.max(1, layer.params / layer.output[2]);
  return {
    layer,
    weights: {
      kernel: random(layer.params, seed, `${layer.name}/kernel`, 6 / Math.sqrt(fanIn)),
      bias: random(layer.params > 0 ? layer.output[2] : 0, seed, `${layer.name}/bias`, 1),
    },
  };
}

export function random(length: number, seed: number, name: string, scale: number): Float32Array {
  const next = uniform(seed, name);
  return Float32Array.from({ length }, () => next() * scale);
}

/** A device for as long as the tests of a file run. @throws Error where there is no adapter */
export async function openDevice(): Promise<Device> {
  const opened = await openAdapter();
  if (!("adapter" in opened)) throw new Error(`${opened.reason} ${opened.remedy}`);
  return Device.open(opened, opened.adapter.features.has("subgroups") ? ["subgroups"] : []);
}

/** Runs a float32 kernel of one layer or two into a poisoned output; its output as NHWC. */
export async function runKernel(
  device: Device,
  kernel: Kernel,
  cases: readonly Case[],
  input: Float32Array,
): Promise<Float32Array> {
  const first = cases[0]!.layer;
  const last = cases.at(-1)!;
  const output = device.upload(
    packActivation(new Float32Array(elements(last.layer.output)).fill(NaN), last.layer.output),
  );
  const buffers: Partial<Record<Operand, GPUBuffer>> = {
    source: device.upload(readsImage(first) ? Float32Array.from(input) : packActivation(input, first.input)),
    output,
    scratch: device.upload(new Float32Array((kernel.scratchBytes ?? 16) / 4).fill(NaN)),
  };
  for (const { layer, weights } of cases) {
    const { kernel, bias } = packWeights(layer, weights);
    if (kernel.length === 0) continue;
    const [weight, offset] = [device.upload(kernel), device.upload(bias)];
    if (layer.type === "depthwise") Object.assign(buffers, { taps: weight, tapsBias: offset });
    else Object.assign(buffers, { kernel: weight, bias: offset });
  }
  const staging = device.staging(output.size);
  const bytes = await device.guard(async () => {
    const pipeline = await device.pipeline(kernel);
    const entries = kernel.operands.map((operand, binding) => ({
      binding,
      resource: { buffer: buffers[operand]! },
    }));
    const encoder = device.gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.gpu.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(...kernel.workgroups);
    pass.end();
    encoder.copyBufferToBuffer(output, 0, staging, 0, output.size);
    device.gpu.queue.submit([encoder.finish()]);
    return device.read(staging);
  });
  for (const buffer of [...Object.values(buffers), staging]) buffer.destroy();
  return unpackActivation(new Float32Array(bytes), last.layer.output);
}

/** What is wrong with the output of a layer, or of two in a row. */
export function fault(cases: readonly Case[], input: Float32Array, actual: Float32Array): string | undefined {
  const steps = cases.map(({ layer, weights: folded }) => ({ layer, folded }));
  const [first, second] = steps;
  const expected = first && !second ? expectLayer(first, input) : expectChain(steps, input);
  return compare(actual, expected).reason;
}
