import { hasOperation } from "@mobilenet-bench/backend";
import { isComputed, type Layer } from "@mobilenet-bench/spec";
import { COMPUTES } from "../computes.ts";
import { rowBytes, type Layout } from "../layout/layout.ts";
import type { Op } from "../run/op.ts";
import { LEVELS, type Level } from "../simd/level.ts";
import { convolution } from "./convolution.ts";
import { depthwise } from "./depthwise.ts";
import type { Code } from "./module.ts";
import { pointwise, readsAhead } from "./pointwise.ts";
import { pool } from "./pool.ts";
import { floatKernelName, type Tile } from "./tile.ts";

/** @throws TypeError where there is no such kernel */
export function opOf(layer: Layer): Op {
  if (!isComputed(layer) || !hasOperation(layer, COMPUTES))
    throw new TypeError(`[backend-wasm] ${layer.type} has no kernel here.`);
  return layer.type;
}

/** A layer with the layouts of its planes: what a kernel is specialised for. */
export interface Placement {
  readonly layer: Layer;
  readonly input: Layout;
  readonly output: Layout;
}

/** A row of the table: one kernel, which exists once per layer shape. */
export interface Kernel {
  /** By the grammar of {@link kernelName}; tile as pixels × channels, feature the level: `pointwise-f32-6x8-relaxed`. */
  readonly name: string;
  readonly op: Op;
  readonly tile: Tile;
  readonly level: Level;
  /** What the code depends on: placements with the same key share it. */
  key(placement: Placement): string;
  generate(placement: Placement): Code;
  /** The same with another number of pixels, for planes whose pixels are no sum of this tile's blocks. */
  withPixels(pixels: number): Kernel;
}

/**
 * Tiles worth measuring, the preferred one first. x64 has 16 vector registers, of which V8 leaves 15: 6x8 needs
 * exactly those, and so does 6x16 where `wide` pairs two lanes in one; a multiply and then an add needs one
 * more for the product, so 5x8 is the largest there. Whatever spills loses up to half of its speed.
 */
const TILES: Record<Op, Record<Level, readonly string[]>> = {
  convolution: { baseline: ["5x8"], relaxed: ["6x8"], wide: ["6x16", "4x16"] },
  depthwise: { baseline: ["7x4"], relaxed: ["7x4"], wide: ["7x8"] },
  pointwise: { baseline: ["5x8", "4x8"], relaxed: ["6x8", "4x8"], wide: ["6x16", "4x16"] },
  dense: { baseline: ["1x32"], relaxed: ["1x32"], wide: ["1x32"] },
  pool: { baseline: ["1x8"], relaxed: ["1x8"], wide: ["1x8"] },
};

/** Every kernel there is, the preferred tile first: declared, tested and benched from here. */
export const KERNELS: readonly Kernel[] = LEVELS.flatMap((level) =>
  [
    define("convolution", level, convolutionShape, convolution),
    define("depthwise", level, depthwiseShape, depthwise),
    define("pointwise", level, pointwiseShape, pointwise),
    define("dense", level, pointwiseShape, pointwise),
    define("pool", level, poolShape, pool),
  ].flat(),
);

/** The kernels for one op at one level, the preferred tile first. */
export function kernelsFor(op: Op, level: Level): readonly Kernel[] {
  return KERNELS.filter((kernel) => kernel.op === op && kernel.level === level);
}

function define<Shape>(
  op: Op,
  level: Level,
  shape: (placement: Placement) => Shape,
  generate: (shape: Shape, tile: Tile, level: Level) => Code,
): Kernel[] {
  const kernel = (tile: Tile): Kernel => ({
    name: floatKernelName(op, tile, level),
    op,
    tile,
    level,
    key: (placement) => JSON.stringify(shape(placement)),
    generate: (placement) => generate(shape(placement), tile, level),
    withPixels: (pixels) => kernel({ ...tile, pixels }),
  });
  return TILES[op][level].map((text) => {
    const [pixels = 1, channels = 4] = text.split("x").map(Number);
    return kernel({ pixels, channels });
  });
}

function pointwiseShape({ layer, input, output }: Placement) {
  const { activation } = layer;
  return {
    depth: input.channels,
    inputPitch: input.pitch,
    outputPitch: output.pitch,
    activation,
    readAhead: readsAhead(output.height * output.width),
  };
}

function depthwiseShape({ layer, input, output }: Placement) {
  const { stride, padding, activation } = layer;
  const { top, left } = padding;
  const { height, width, pitch } = input;
  return { height, width, outputWidth: output.width, stride, padding: { top, left }, activation, pitch };
}

function convolutionShape({ layer, input, output }: Placement) {
  const { stride, padding, activation } = layer;
  return {
    height: input.height,
    depth: input.channels,
    outputWidth: output.width,
    stride,
    padding: { top: padding.top },
    activation,
    inputPitch: input.pitch,
    outputPitch: output.pitch,
    inputRow: rowBytes(input),
    border: { left: output.left, right: output.right },
  };
}

function poolShape({ input }: Placement) {
  return { pixels: input.height * input.width, pitch: input.pitch };
}
