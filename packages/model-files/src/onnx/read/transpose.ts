/** The array of shape `shape` with its axes in the order `order`: output axis i is input axis order[i]. */
export function transpose(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): { readonly data: Float32Array; readonly shape: readonly number[] } {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const outputShape = order.map((axis) => shape[axis] ?? 0);
  const outputStrides = order.map((axis) => strides[axis] ?? 0);
  const output = new Float32Array(data.length);
  const last = order.length - 1;
  const [run = 1, step = 1] = [outputShape[last], outputStrides[last]];
  const index = outputShape.map(() => 0);
  let row = 0;
  for (let to = 0; to < output.length; to += run) {
    for (let i = 0; i < run; i++) output[to + i] = data[row + i * step]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      row += outputStrides[axis]!;
      if (++index[axis]! < outputShape[axis]!) break;
      row -= outputStrides[axis]! * outputShape[axis]!;
      index[axis] = 0;
    }
  }
  return { data: output, shape: outputShape };
}

/** Whether these are the axes 0 to rank − 1 in some order. */
export function isPermutation(order: readonly number[], rank: number): boolean {
  return (
    order.length === rank &&
    new Set(order).size === rank &&
    order.every((axis) => axis >= 0 && axis < rank && Number.isInteger(axis))
  );
}
