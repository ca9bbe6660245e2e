import type { Layer } from "@mobilenet-bench/spec";
import { BARRIER_BYTES } from "../kernels/barrier.ts";
import type { Kernel, Placement } from "../kernels/table.ts";
import { readAheadBytes } from "../kernels/pointwise.ts";
import { TAPS } from "../kernels/depthwise.ts";
import { F32 } from "../kernels/vocabulary.ts";
import { CHANNEL_UNIT, layoutOf, planeBytes, rowBytes } from "./layout.ts";
import { paddedChannels, panelsOf } from "./panels.ts";
import { commonBlock, share, split } from "./split.ts";
import type { Group, Plan, Split, Step } from "./step.ts";

/** The plan, and the kernels that its steps name by index. */
export interface Planned {
  readonly plan: Plan;
  readonly kernels: readonly { readonly kernel: Kernel; readonly placement: Placement }[];
}

/**
 * Bytes of depthwise output that one thread keeps between the two layers of a pair: as many as the pointwise
 * layer's weights, which are read once per band, but at least {@link MIN_BAND} and at most half of a usual
 * second cache.
 */
const MIN_BAND = 64 * 1024;
const MAX_BAND = 512 * 1024;
/** The share of time that threads may idle before a layer is split by channels instead of by rows. */
const IMBALANCE = 1.1;
/** Where the thread's command lies; see `engine/thread.ts`. */
export const COMMAND = BARRIER_BYTES;
const LINE = 64;

/**
 * Lays all layers out in one memory, before anything runs.
 *
 * Outputs take turns between two buffers, since nothing is read again after the layer that follows; a
 * depthwise output has a third, of which a band is used at a time. The image, the logits and a row of zeros
 * have places of their own.
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
  const memory = new Allocator(COMMAND + LINE);
  const zeros = memory.take(Math.max(...placements.map(({ input }) => rowBytes(input))));
  const image = memory.take(planeBytes(placements[0]!.input));
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
    address = layer.type === "depthwise" ? buffers.depthwise : buffers.turns[turn++ % 2]!;
    const depth = depthOf(layer);
    const panels = panelsOf(output.channels, kernel.tile.channels);
    const packed =
      layer.type === "depthwise" ? padded(output.channels) * (TAPS - 1) : depth * paddedChannels(panels);
    const biases = layer.type === "depthwise" ? padded(output.channels) : paddedChannels(panels);
    const weights = layer.type === "pool" ? 0 : memory.take((packed + biases) * F32);
    steps.push({
      name: layer.name,
      op: kernel.op,
      kernel: kernels.push({ kernel, placement }) - 1,
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

/** By rows unless some threads would get noticeably fewer than others; a pool or dense layer has one row. */
export function splitOf(layer: Layer, threads: number): Split {
  const [rows] = layer.output;
  return (Math.ceil(rows / threads) * threads) / rows <= IMBALANCE ? "rows" : "channels";
}

function groupLayers(placements: readonly Placement[], threads: number): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < placements.length;) {
    const { layer, output } = placements[i]!;
    const next = placements[i + 1]?.layer;
    const pair = layer.type === "depthwise" && next?.type === "pointwise";
    const rows = splitOf(layer, threads) === "rows" ? Math.ceil(output.height / threads) : output.height;
    const bytes = Math.min(MAX_BAND, Math.max(MIN_BAND, (next?.params ?? 0) * F32));
    const bands = split(rows, Math.max(1, Math.floor(bytes / rowBytes(output))));
    const bandRows = bands[0] ?? 1;
    groups.push({
      name: pair ? `${layer.name}+${next.name}` : layer.name,
      first: i,
      count: pair ? 2 : 1,
      bandRows,
      bandBytes: bandRows * rowBytes(output),
    });
    i += pair ? 2 : 1;
  }
  return groups;
}

/** Every number of pixels that one call of layer i's kernel may be asked for. */
function pixelTotals(
  i: number,
  placements: readonly Placement[],
  groups: readonly Group[],
  threads: number,
): number[] {
  const { layer, output } = placements[i]!;
  const { height, width } = output;
  const parts = splitOf(layer, threads) === "rows" ? share(height, threads) : [height];
  const group = groups.find(({ first, count }) => count === 2 && first + 1 === i);
  const bands = group ? parts.flatMap((rows) => (rows > 0 ? split(rows, group.bandRows) : [])) : [];
  return [...new Set([...parts, ...bands])].map((rows) => rows * width);
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

/** Hands out memory from the front, whole cache lines at a time. */
class Allocator {
  bytes: number;
  constructor(bytes: number) {
    this.bytes = bytes;
  }
  take(bytes: number): number {
    const address = this.bytes;
    this.bytes += Math.ceil(bytes / LINE) * LINE;
    return address;
  }
}
