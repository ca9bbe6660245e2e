import { elementCount } from "../../../shape.ts";
import type { Attributes } from "../attributes.ts";
import type { Budget } from "../budget.ts";
import { integersOf, type Constant } from "../value.ts";
import { MAX_RANK } from "./strided.ts";

/** A node whose inputs are all constants. */
export interface ConstantNode {
  readonly attributes: Attributes;
  /** Undefined where it is left out. */
  readonly inputs: readonly (Constant | undefined)[];
  readonly budget: Budget;
}

/** What a node computes; undefined where it is not understood, or too large for any MobileNet. */
export type Fold = (node: ConstantNode) => Constant | undefined;

/** Numbers that older opsets have as an attribute, newer ones as an input. */
export function numbersOf({ attributes, inputs }: ConstantNode, name: string, input: number) {
  return attributes.has(name) ? attributes.ints(name) : integersOf(inputs[input]);
}

/** Counted from the first axis; undefined where there is no such axis. */
export function validAxis(axis: number | undefined, rank: number): number | undefined {
  if (axis === undefined || !Number.isInteger(axis) || axis < -rank || axis >= rank) return undefined;
  return axis < 0 ? axis + rank : axis;
}

/** The same elements in another shape; undefined where they do not fill it. */
export function withShape<T extends Constant>(constant: T, shape: readonly number[]): T | undefined {
  const fits = shape.length <= MAX_RANK && elementCount(shape) === elementCount(constant.shape);
  return fits ? { ...constant, shape } : undefined;
}
