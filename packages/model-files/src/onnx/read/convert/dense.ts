import { other, type Converter } from "./node-view.ts";

/** Gemm: α·A·B + β·C, with B [in, out] or, transposed, [out, in]. */
export const gemm: Converter = ({ attributes, constants, inputs, layout, position }) => {
  const weights = constants.floats(inputs[1]);
  if (position !== 0 || layout !== "flat" || !weights || weights.shape.length !== 2)
    return other("a matrix product that is not one of [n, in] with a constant matrix");
  const isPlain =
    attributes.float("alpha", 1) === 1 &&
    attributes.float("beta", 1) === 1 &&
    attributes.int("transA", 0) === 0;
  if (!isPlain) return other("a matrix product with factors (alpha, beta) or a transposed input");
  const hasBias = inputs[2] !== undefined && inputs[2] !== "";
  const bias = constants.floats(inputs[2])?.data;
  if (hasBias && !bias) return other("a matrix product whose addend is no constant");
  const isTransposed = attributes.int("transB", 0) !== 0;
  const { shape, data } = (isTransposed && constants.transposed(inputs[1], [1, 0])) || weights;
  const outputs = shape[1] ?? 0;
  return {
    operation: {
      type: "dense",
      kernel: { shape, data },
      ...(bias && { bias: bias.length === 1 ? new Float32Array(outputs).fill(bias[0]!) : bias }),
    },
  };
};

/** MatMul with a constant [in, out]. */
export const matMul: Converter = ({ constants, inputs, layout, position }) => {
  const weights = constants.floats(inputs[1]);
  if (position !== 0 || layout === "nchw" || weights?.shape.length !== 2)
    return other("a matrix product that is not one of the channels with a constant matrix");
  return { operation: { type: "dense", kernel: { shape: weights.shape, data: weights.data } } };
};
