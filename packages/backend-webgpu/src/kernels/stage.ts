import type { Layer } from "@mobilenet-bench/spec";
import { activated } from "./activated.ts";
import { VECTOR, vectors, type Declaration } from "./kernel.ts";

/**
 * The left factor of a multiplication, computed on the fly: a matrix of output pixels by depth, whose elements
 * are vectors of four. What a stage computes is a layer of its own (depthwise, pool) or a way to look at memory
 * (the pixels as they are, the patches that a convolution sees).
 */
export interface Stage {
  readonly pixels: number;
  /** Vectors per pixel. */
  readonly depth: number;
  readonly declarations: readonly Declaration[];
  /** Declares `fn staged(pixel: u32, c: u32) -> vec4f`. */
  readonly wgsl: string;
}

/** Pixels as they lie in memory. */
export function pixels({ input: [height, width, channels] }: Layer): Stage {
  const depth = vectors(channels);
  return {
    pixels: height * width,
    depth,
    declarations: [{ operand: "source", element: "Stored", length: height * width * depth }],
    wgsl: `fn staged(pixel: u32, c: u32) -> vec4f {
  return vec4f(source[pixel * ${depth}u + c]);
}`,
  };
}

/** The patches of a convolution, taps outermost: vector `tap · depth + c`. */
export function patches(layer: Layer): Stage {
  const { kernel, input, output } = layer;
  const depth = vectors(input[2]);
  return {
    pixels: output[0] * output[1],
    depth: kernel * kernel * depth,
    declarations: [{ operand: "source", element: "Stored", length: input[0] * input[1] * depth }],
    wgsl: `fn staged(pixel: u32, c: u32) -> vec4f {
  let tap = c / ${depth}u;
  ${position(layer)}
  let iy = y + i32(tap / ${kernel}u);
  let ix = x + i32(tap % ${kernel}u);
  return select(vec4f(), vec4f(source[${address(layer, "iy", "ix")} * ${depth}u + c % ${depth}u]), ${inside(layer, "iy", "ix")});
}`,
  };
}

/** The patches of the image, whose three channels are not padded: element `3 · tap + channel`. */
export function imagePatches(layer: Layer): Stage {
  const { kernel, input, output } = layer;
  const [, , channels] = input;
  const elements = kernel * kernel * channels;
  return {
    pixels: output[0] * output[1],
    depth: vectors(elements),
    declarations: [{ operand: "source", element: "f32", length: input[0] * input[1] * channels }],
    wgsl: `fn staged(pixel: u32, c: u32) -> vec4f {
  ${position(layer)}
  var values = vec4f(0);
  for (var i = 0u; i < ${VECTOR}u; i++) {
    let element = c * ${VECTOR}u + i;
    let tap = element / ${channels}u;
    let iy = y + i32(tap / ${kernel}u);
    let ix = x + i32(tap % ${kernel}u);
    if (element < ${elements}u && ${inside(layer, "iy", "ix")}) {
      values[i] = source[${address(layer, "iy", "ix")} * ${channels}u + element % ${channels}u];
    }
  }
  return values;
}`,
  };
}

/** A depthwise convolution with bias and activation. */
export function depthwise(layer: Layer): Stage {
  const { kernel, input, output } = layer;
  const depth = vectors(input[2]);
  return {
    pixels: output[0] * output[1],
    depth,
    declarations: [
      { operand: "source", element: "Stored", length: input[0] * input[1] * depth },
      { operand: "taps", element: "Stored", length: kernel * kernel * depth },
      { operand: "tapsBias", element: "vec4f", length: depth },
    ],
    wgsl: `fn staged(pixel: u32, c: u32) -> vec4f {
  ${position(layer)}
  var sum = tapsBias[c];
  for (var tap = 0u; tap < ${kernel * kernel}u; tap++) {
    let iy = y + i32(tap / ${kernel}u);
    let ix = x + i32(tap % ${kernel}u);
    if (${inside(layer, "iy", "ix")}) {
      sum += vec4f(source[${address(layer, "iy", "ix")} * ${depth}u + c]) * vec4f(taps[tap * ${depth}u + c]);
    }
  }
  return ${activated(layer, "sum")};
}`,
  };
}

/** The global average pool: one pixel. */
export function pool({ input: [height, width, channels] }: Layer): Stage {
  const depth = vectors(channels);
  const count = height * width;
  return {
    pixels: 1,
    depth,
    declarations: [{ operand: "source", element: "Stored", length: count * depth }],
    wgsl: `fn staged(pixel: u32, c: u32) -> vec4f {
  var sum = vec4f(0);
  for (var i = 0u; i < ${count}u; i++) {
    sum += vec4f(source[i * ${depth}u + c]);
  }
  return sum / ${count}.0;
}`,
  };
}

/** WGSL: `y` and `x` of the input where the window of the output `pixel` begins; negative in the padding. */
function position({ stride, padding, output: [, columns] }: Layer): string {
  return `let y = i32(pixel / ${columns}u) * ${stride} - ${padding.top};
  let x = i32(pixel % ${columns}u) * ${stride} - ${padding.left};`;
}

/** WGSL: whether a position lies in the input; one comparison per axis, since negative numbers turn huge. */
function inside({ input: [height, width] }: Layer, y: string, x: string): string {
  return `u32(${y}) < ${height}u && u32(${x}) < ${width}u`;
}

/** WGSL: the index of the pixel at a position of the input. */
function address({ input: [, width] }: Layer, y: string, x: string): string {
  return `u32((${y}) * ${width} + ${x})`;
}
