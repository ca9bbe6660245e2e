import type { Layer } from "@mobilenet-bench/spec";
import type { Kernel, Placement } from "../kernels/table.ts";
import { readAheadBytes } from "../kernels/pointwise.ts";
import { CHANNEL_UNIT, layoutOf, planeBytes, rowBytes } from "../layout/layout.ts";
import { paddedChannels, panelsOf } from "../layout/panels.ts";
import { commonBlock } from "../layout/split.ts";
import { TAPS } from "../layout/taps.ts";
import { F32, LINE } from "../layout/units.ts";
import { at } from "../list.ts";
import { CONTROL_BYTES } from "../run/control.ts";
import type { Group, Plan, Step } from "../run/plan.ts";
import { Allocator } from "./allocator.ts";
import { groupLayers, pixelTotals, splitOf } from "./group.ts";

/** The plan, and the kernels whose routines its steps name by index. */
export interface Planned {
  readonly plan: Plan;
  readonly kernels: readonly { readonly kernel: Kernel; readonly placement: Placement }[];
}

/**
 * Lays all layers out in one memory, before anything runs.
 *
 * Outputs take turns between two buffers, since nothing is read again after the layer that follows; a
 * depthwise output has a third, of which a band is used at a time. The image and a row of zeros have places
 * of their own.
 * @param layers consecutive layers up to the classifier
 * @param choose the kernel for a layer
 */
export function createPlan(
  layers: readonly Layer[],
  threads: number,
  choose: (placement: Placement) => Kernel,
): Planned {
  const placements = layers.map((layer, i): Placement => ({
    layer,
    input: layoutOf(layer.input, layer),
    output: layoutOf(layer.output, layers[i + 1]),
  }));
  const groups = groupLayers(placements, threads);
  const memory = new Allocator(CONTROL_BYTES);
  const zeros = memory.take(Math.max(...placements.map(({ input }) => rowBytes(input))));
  const image = memory.take(planeBytes(at(placements, 0).input));
  const buffers = allocateBuffers(memory, placements, groups, threads);

  const kernels: { kernel: Kernel; placement: Placement }[] = [];
  const steps: Step[] = [];
  let turn = 0;
  let address = image;
  for (const [i, placement] of placements.entries()) {
    const { layer, input, output } = placement;
    const preferred = choose(placement);
    const totals = pixelTotals(i, placements, groups, threads);
    const kernel = blocked(layer.type)
      ? preferred.withPixels(commonBlock(totals, preferred.tile.pixels))
      : preferred;
    const from = { address, layout: input };
    address = layer.type === "depthwise" ? buffers.depthwise : at(buffers.turns, turn++ % 2);
    const depth = depthOf(layer);
    const panels = panelsOf(output.channels, kernel.tile.channels);
    const packed =
      layer.type === "depthwise" ? padded(output.channels) * (TAPS - 1) : depth * paddedChannels(panels);
    const biases = layer.type === "depthwise" ? padded(output.channels) : paddedChannels(panels);
    const weights = layer.type === "pool" ? 0 : memory.take((packed + biases) * F32);
    steps.push({
      name: layer.name,
      op: kernel.op,
      routine: kernels.push({ kernel, placement }) - 1,
      split: splitOf(layer, threads),
      input: from,
      output: { address, layout: output },
      weights,
      bias: weights + packed * F32,
      pixels: kernel.tile.pixels,
      channels: kernel.tile.channels,
      depth,
      panels,
    });
  }
  const ahead = kernels.map(({ kernel, placement: { input, output } }) =>
    kernel.op === "pointwise" ? readAheadBytes(output.height * output.width, input.channels, kernel.tile) : 0,
  );
  memory.take(Math.max(...ahead));
  return { plan: { threads, bytes: memory.bytes, zeros, steps, groups }, kernels };
}

/** Whether a kernel's pixels run over the whole plane in blocks. */
function blocked(type: Layer["type"]) {
  return type === "pointwise" || type === "dense";
}

/** Values summed per output. */
export function depthOf(layer: Layer) {
  const [, , channels] = layer.input;
  return layer.type === "convolution" ? layer.kernel * layer.kernel * channels : channels;
}

function padded(channels: number) {
  return Math.ceil(channels / CHANNEL_UNIT) * CHANNEL_UNIT;
}

function allocateBuffers(
  memory: Allocator,
  placements: readonly Placement[],
  groups: readonly Group[],
  threads: number,
) {
  const largest = (depthwise: boolean) =>
    Math.max(
      0,
      ...placements
        .filter(({ layer }) => (layer.type === "depthwise") === depthwise)
        .map(({ output }) => planeBytes(output)),
    );
  const bands = Math.max(...groups.map(({ count, bandBytes }) => (count === 2 ? bandBytes * threads : 0)));
  // The last panel of a dense layer may reach beyond its logits.
  const plane = largest(false) + LINE * 4;
  return {
    turns: [memory.take(plane), memory.take(plane)],
    depthwise: memory.take(Math.max(largest(true), bands)),
  };
}
