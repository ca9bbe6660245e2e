import { axis, isChannels } from "../layout.ts";
import { floatsOf } from "../value.ts";
import { as, other, type Converter } from "./node-view.ts";

/** Gemm: α·A·B + β·C, with B [in, out] or, transposed, [out, in]. */
export const gemm: Converter = ({ attributes, inputs, isGiven, layout, position, transposed }) => {
  const weights = floatsOf(inputs[1]);
  if (position !== 0 || layout.length !== 2 || !isChannels(layout, 1) || weights?.shape.length !== 2)
    return other("a matrix product that is not one of [n, in] with a constant matrix");
  const isPlain =
    attributes.float("alpha", 1) === 1 &&
    attributes.float("beta", 1) === 1 &&
    attributes.int("transA", 0) === 0;
  if (!isPlain) return other("a matrix product with factors (alpha, beta) or a transposed input");
  const bias = floatsOf(inputs[2])?.data;
  if (isGiven(2) && !bias) return other("a matrix product whose addend is no constant");
  const isTransposed = attributes.int("transB", 0) !== 0;
  const { shape, data } = (isTransposed && transposed(weights, [1, 0])) || weights;
  const outputs = shape[1] ?? 0;
  const addend = bias?.length === 1 ? new Float32Array(outputs).fill(bias[0]!) : bias;
  return as({ type: "dense", kernel: { shape, data }, ...(addend && { bias: addend }) }, [
    layout[0]!,
    axis("channels", outputs),
  ]);
};

/** MatMul with a constant [in, out]. */
export const matMul: Converter = ({ inputs, layout, position }) => {
  const weights = floatsOf(inputs[1]);
  const last = layout.length - 1;
  if (position !== 0 || last < 0 || !isChannels(layout, last) || weights?.shape.length !== 2)
    return other("a matrix product that is not one of the channels with a constant matrix");
  const { shape, data } = weights;
  return as({ type: "dense", kernel: { shape, data } }, layout.with(last, axis("channels", shape[1]!)));
};
