import type { Layer } from "@mobilenet-bench/spec";

/** What a kernel reads and writes, in the order of its bindings. */
export type Operand = "source" | "output" | "taps" | "tapsBias" | "kernel" | "bias" | "scratch";

/** A compute shader for one layer, or a group of layers, of one model. */
export interface Kernel {
  /** By the grammar of `kernelName`, such as `separable-f32-14x32-r7x1s8`; for the tile see `tileName`. */
  readonly name: string;
  /** With the entry point `main`, and operands as bindings 0, 1, … of group 0. */
  readonly wgsl: string;
  readonly operands: readonly Operand[];
  readonly workgroups: Workgroups;
  /** Of the operand `scratch`, where there is one. */
  readonly scratchBytes?: number;
}

export type Workgroups = readonly [x: number, y: number, z: number];

/** WGSL's names of the formats that activations and weights have in memory; arithmetic is always float32. */
export type Storage = "f32" | "f16";

/** Channels come in vectors of four, the last one padded with zeros. */
export const VECTOR = 4;

/** Vectors that hold `count` channels. */
export function vectors(count: number): number {
  return Math.ceil(count / VECTOR);
}

/** Logits are float32 also where memory holds float16. */
export function outputElement({ type }: Layer): "Stored" | "vec4f" {
  return type === "dense" ? "vec4f" : "Stored";
}

/** An operand as a shader declares it. */
export interface Declaration {
  readonly operand: Operand;
  /** WGSL's element type; `Stored` is a vector of four in the storage format. */
  readonly element: "Stored" | "vec4f" | "f32";
  readonly length: number;
}

/** WebGPU's guaranteed number of workgroups along one axis. */
const MAX_WORKGROUPS = 65_535;

/** `tiles` along x, continued along z where they are too many for one axis; see {@link tileIndex}. */
export function workgroupsFor(tiles: number, y = 1): Workgroups {
  const z = Math.ceil(tiles / MAX_WORKGROUPS);
  return [Math.ceil(tiles / z), y, z];
}

/** WGSL: which of the tiles of {@link workgroupsFor} a workgroup computes. */
export function tileIndex([x, , z]: Workgroups): string {
  return z === 1 ? "group.x" : `(group.z * ${x}u + group.x)`;
}
