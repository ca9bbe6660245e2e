import type { Layer } from "@mobilenet-bench/spec";
import { computeNaively, type Computation, type Rounding } from "./naive.ts";

/** One mistake that a kernel could make, in one layer. */
export interface Mutant {
  readonly name: string;
  readonly appliesTo: (layer: Layer) => boolean;
  /** Changes what the layer computes with … */
  readonly before?: (computation: Computation) => Computation;
  /** … or what it has computed. */
  readonly after?: (output: Float32Array, layer: Layer) => void;
}

const isSpatial = ({ kernel, type }: Layer) => kernel > 1 && type !== "pool";
const hasWeights = ({ type }: Layer) => type !== "pool";
const isActivated = ({ activation }: Layer) => activation !== "none";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "two channels swapped",
    appliesTo: ({ output }) => output[2] > 1,
    after: (output, { output: [, , channels] }) => {
      for (let i = 0; i < output.length; i += channels)
        [output[i], output[i + 1]] = [output[i + 1]!, output[i]!];
    },
  },
  {
    name: "padding shifted by a row",
    appliesTo: isSpatial,
    before: (computation) => withPadding(computation, ({ padding }) => ({ top: padding.top + 1 })),
  },
  {
    name: "padding on the other side",
    appliesTo: ({ padding }) => padding.left !== padding.right,
    before: (computation) =>
      withPadding(computation, ({ padding: { left, right } }) => ({ left: right, right: left })),
  },
  {
    name: "no clamp at 6",
    appliesTo: ({ activation }) => activation === "relu6",
    before: (computation) => ({ ...computation, clamp: [0, Infinity] }),
  },
  {
    name: "a clamp where ReLU has none",
    appliesTo: ({ activation }) => activation === "relu",
    before: (computation) => ({ ...computation, clamp: [0, 3] }),
  },
  {
    name: "no clamp at 0",
    appliesTo: isActivated,
    before: (computation) => ({ ...computation, clamp: [-Infinity, computation.clamp[1]] }),
  },
  {
    name: "bias dropped",
    appliesTo: hasWeights,
    before: (computation) => ({ ...computation, bias: new Float32Array(computation.bias.length) }),
  },
  {
    name: "bias of the last channel dropped",
    appliesTo: hasWeights,
    before: (computation) => ({ ...computation, bias: withoutLast(computation.bias) }),
  },
  {
    name: "stride of 1 in place of 2",
    appliesTo: ({ stride }) => stride === 2,
    before: (computation) => ({ ...computation, layer: { ...computation.layer, stride: 1 } }),
  },
  {
    name: "last quarter of the rows unwritten",
    appliesTo: ({ output }) => output[0] >= 4,
    after: (output) => output.fill(0, Math.floor((output.length * 3) / 4)),
  },
  {
    name: "last channel of every pixel unwritten",
    appliesTo: ({ output }) => output[2] > 1,
    after: (output, { output: [, , channels] }) => {
      for (let i = channels - 1; i < output.length; i += channels) output[i] = 0;
    },
  },
  {
    name: "kernel transposed in space",
    appliesTo: isSpatial,
    before: (computation) => ({ ...computation, kernel: transposeSpace(computation) }),
  },
  {
    name: "kernel transposed in depth",
    appliesTo: ({ type, input, output }) =>
      type !== "depthwise" && type !== "pool" && input[2] + output[2] > 2,
    before: (computation) => ({ ...computation, kernel: transposeDepth(computation) }),
  },
  {
    name: "last input channel left out",
    appliesTo: ({ type }) => type === "convolution" || type === "pointwise" || type === "dense",
    before: (computation) => ({ ...computation, kernel: withoutLastInput(computation) }),
  },
  {
    name: "pool divided by one too many",
    appliesTo: ({ type }) => type === "pool",
    after: (output, { input: [height, width] }) => {
      const area = height * width;
      for (let c = 0; c < output.length; c++) output[c]! *= area / (area + 1);
    },
  },
];

/** What a layer computes of an input: with the mistake, or rightly where there is none. */
export function computeWith(
  mutant: Mutant | undefined,
  right: Computation,
  input: Float32Array,
  rounding: Rounding,
): Float32Array {
  const output = computeNaively(mutant?.before?.(right) ?? right, input, rounding);
  mutant?.after?.(output, right.layer);
  return output;
}

function withPadding(
  computation: Computation,
  change: (layer: Layer) => Partial<Layer["padding"]>,
): Computation {
  const { layer } = computation;
  return { ...computation, layer: { ...layer, padding: { ...layer.padding, ...change(layer) } } };
}

/** Rows for columns. */
function transposeSpace({ layer, kernel }: Computation): Float32Array {
  const perTap = kernel.length / (layer.kernel * layer.kernel);
  const result = new Float32Array(kernel.length);
  for (let y = 0; y < layer.kernel; y++)
    for (let x = 0; x < layer.kernel; x++) {
      const from = (y * layer.kernel + x) * perTap;
      result.set(kernel.subarray(from, from + perTap), (x * layer.kernel + y) * perTap);
    }
  return result;
}

/** [in, out] read as [out, in]. */
function transposeDepth({ layer, kernel }: Computation): Float32Array {
  const [, , depth] = layer.input;
  const [, , channels] = layer.output;
  return kernel.map((_, i) => {
    const tap = Math.floor(i / (depth * channels));
    const d = Math.floor(i / channels) % depth;
    const c = i % channels;
    return kernel[(tap * channels + c) * depth + d]!;
  });
}

function withoutLastInput({ layer, kernel }: Computation): Float32Array {
  const [, , depth] = layer.input;
  const [, , channels] = layer.output;
  return kernel.map((w, i) => (Math.floor(i / channels) % depth === depth - 1 ? 0 : w));
}

function withoutLast(values: Float32Array): Float32Array {
  const result = values.slice();
  result.fill(0, result.length - 1);
  return result;
}
