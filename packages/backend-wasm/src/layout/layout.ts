import type { Layer, Shape } from "@mobilenet-bench/spec";
import { F32 } from "./units.ts";

/**
 * How a plane lies in memory: NHWC, its channels padded to whole vectors and its rows, where a convolution
 * reads them, with a border of zero columns. Everything about layouts of activations stands in this file.
 */
export interface Layout {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Floats from one pixel to the next. */
  readonly pitch: number;
  /** Border columns; whoever writes the plane writes their zeros too. */
  readonly left: number;
  readonly right: number;
}

/** Channels are padded to a multiple of this: one vector of 256 bits, or two of 128. */
export const CHANNEL_UNIT = 8;
/**
 * Pixels that lie a multiple of 256 bytes apart share few sets of the first cache (64 sets of 64 bytes, 8
 * ways) and push each other out; one more line between them spreads them over all sets. Depthwise layers,
 * which read three rows of pixels at a time, run 1.2 to 5 times as fast for it, most so at 14² and 7².
 */
const ALIASING_FLOATS = 64;
const SPREAD_FLOATS = 16;

/** The layout of a plane that `consumer` reads; undefined for a plane that only the host reads. */
export function layoutOf(shape: Shape, consumer: Layer | undefined): Layout {
  const [height, width, channels] = shape;
  const convolved = consumer?.type === "convolution";
  const left = convolved ? consumer.padding.left : 0;
  const right = convolved ? consumer.padding.right : 0;
  // A convolution reads single values, so that the image's three channels need no padding.
  const pitch = convolved && channels < CHANNEL_UNIT ? channels : pitchOf(channels);
  return { height, width, channels, pitch, left, right };
}

function pitchOf(channels: number) {
  const padded = Math.ceil(channels / CHANNEL_UNIT) * CHANNEL_UNIT;
  return padded % ALIASING_FLOATS === 0 ? padded + SPREAD_FLOATS : padded;
}

export function rowBytes({ left, width, right, pitch }: Layout) {
  return (left + width + right) * pitch * F32;
}

export function planeBytes(layout: Layout) {
  return layout.height * rowBytes(layout);
}

/** Writes NHWC values into a plane at `address`, its border and padding included. */
export function writePlane(memory: Float32Array, address: number, layout: Layout, values: Float32Array) {
  const { height, width, channels, pitch, left } = layout;
  const row = rowBytes(layout) / F32;
  let to = address / F32;
  if (row === width * channels) {
    memory.set(values, to);
    return;
  }
  for (let y = 0; y < height; y++, to += row) {
    if (pitch === channels) {
      memory.fill(0, to, to + left * pitch);
      memory.set(values.subarray(y * width * channels, (y + 1) * width * channels), to + left * pitch);
      memory.fill(0, to + (left + width) * pitch, to + row);
      continue;
    }
    memory.fill(0, to, to + row);
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      memory.set(values.subarray(from, from + channels), to + (left + x) * pitch);
    }
  }
}

/** NHWC values of a plane, in an array of their own. */
export function readPlane(memory: Float32Array, address: number, layout: Layout): Float32Array {
  const { height, width, channels, pitch, left } = layout;
  const row = rowBytes(layout) / F32;
  const values = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = address / F32 + y * row + (left + x) * pitch;
      values.set(memory.subarray(from, from + channels), (y * width + x) * channels);
    }
  return values;
}
