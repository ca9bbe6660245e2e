import { ARITHMETIC, where } from "./arithmetic.ts";
import type { Fold } from "./fold.ts";
import {
  cast,
  castLike,
  constant,
  constantOfShape,
  identity,
  range,
  reduceProduct,
  shape,
  size,
} from "./making.ts";
import { concat, expand, flatten, gather, reshape, slice, squeeze, transpose, unsqueeze } from "./shapes.ts";

/** The operators of ONNX that exporters compute constants with: weights, pads, bounds, shapes and conditions. */
export const FOLDS: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ...ARITHMETIC,
  ["Cast", cast],
  ["CastLike", castLike],
  ["Concat", concat],
  ["Constant", constant],
  ["ConstantOfShape", constantOfShape],
  ["Expand", expand],
  ["Flatten", flatten],
  ["Gather", gather],
  ["Identity", identity],
  ["Range", range],
  ["ReduceProd", reduceProduct],
  ["Reshape", reshape],
  ["Shape", shape],
  ["Size", size],
  ["Slice", slice],
  ["Squeeze", squeeze],
  ["Transpose", transpose],
  ["Unsqueeze", unsqueeze],
  ["Where", where],
]);
