import type { Device } from "./device.ts";
import type { LayerWeights } from "./layer-weights.ts";
import type { Memory } from "./memory.ts";
import type { Dispatch } from "./plan.ts";

/** A dispatch with its pipeline and buffers. */
export interface Step {
  readonly dispatch: Dispatch;
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly source: GPUBuffer;
  readonly output: GPUBuffer;
}

/** Binds a dispatch that reads `source` and writes `output`. */
export async function bindStep(
  device: Device,
  memory: Memory,
  weights: LayerWeights,
  dispatch: Dispatch,
  source: GPUBuffer,
  output: GPUBuffer,
): Promise<Step> {
  const { kernel, layers } = dispatch;
  const pipeline = await device.pipeline(kernel);
  const others = { source, output, scratch: memory.scratch } as const;
  const entries = kernel.operands.map((operand, binding) => {
    const buffer =
      operand === "source" || operand === "output" || operand === "scratch"
        ? others[operand]
        : weights.operand(operand, layers);
    if (!buffer) throw new Error(`[backend-webgpu] ${kernel.name} has no ${operand}. Report it.`);
    return { binding, resource: { buffer } };
  });
  const layout = pipeline.getBindGroupLayout(0);
  const bindings = device.gpu.createBindGroup({ label: kernel.name, layout, entries });
  return { dispatch, pipeline, bindings, source, output };
}

/** A chain of dispatches from the image to the logits, which pass from one activation buffer to the other. */
export function bindChain(
  device: Device,
  memory: Memory,
  weights: LayerWeights,
  dispatches: readonly Dispatch[],
): Promise<readonly Step[]> {
  const [even, odd] = memory.activations;
  return Promise.all(
    dispatches.map((dispatch, i) => {
      const source = i === 0 ? memory.image : i % 2 === 0 ? odd : even;
      return bindStep(device, memory, weights, dispatch, source, i % 2 === 0 ? even : odd);
    }),
  );
}

export function encodeStep(pass: GPUComputePassEncoder, { dispatch, pipeline, bindings }: Step) {
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindings);
  pass.dispatchWorkgroups(...dispatch.kernel.workgroups);
}
