import type { Layout } from "./layout.ts";

/** How many images there are, where the file leaves it open. */
export const BATCH = "batch";
/** How long an axis is, or a number made of such lengths; null where it depends on what is not known. */
export type Size = number | typeof BATCH | null;

export interface Floats {
  readonly type: "floats";
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Shapes, axes, pads, indices, and truth values as 0 and 1. */
interface Integers {
  readonly type: "integers";
  readonly shape: readonly number[];
  readonly values: readonly Size[];
}

/** What is known of a value without an image. */
export type Constant = Floats | Integers;

/** A value that depends on the image. */
export interface Activation {
  readonly type: "activation";
  /** Of the node that computes it, unique in the whole file. */
  readonly output: string;
  readonly layout: Layout;
}

export type Value = Constant | Activation;

export function floatsOf(value: Value | undefined): Floats | undefined {
  return value?.type === "floats" ? value : undefined;
}

/** The numbers of integers of which all are known. */
export function integersOf(value: Value | undefined): readonly number[] | undefined {
  if (value?.type !== "integers") return undefined;
  const numbers = value.values.filter((size) => typeof size === "number");
  return numbers.length === value.values.length ? numbers : undefined;
}
