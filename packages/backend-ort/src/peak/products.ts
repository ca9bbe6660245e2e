import { OnnxGraph } from "@mobilenet-bench/model-files/onnx";

export const INPUT = "input";
export const OUTPUT = "output";

/** A graph of multiply–adds from INPUT, all ones, to OUTPUT, in which every element is `value`, exactly. */
export interface Product {
  readonly name: string;
  readonly graph: () => OnnxGraph;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly value: number;
  readonly multAdds: number;
}

/** [rows, depth] times constants [depth, columns], all ones. */
export function matrixProduct(rows: number, depth: number, columns: number): Product {
  const [input, weights, output] = [
    [rows, depth],
    [depth, columns],
    [rows, columns],
  ];
  return {
    name: `matmul-f32-${rows}x${depth}x${columns}`,
    graph() {
      const graph = new OnnxGraph("product");
      graph.input(INPUT, input);
      const inputs = [INPUT, graph.constant("weights", ones(depth * columns), weights)];
      graph.output(graph.node({ name: "product", operator: "MatMul", inputs, output: OUTPUT }), output);
      return graph;
    },
    input,
    output,
    value: depth,
    multAdds: rows * depth * columns,
  };
}

/**
 * Pointwise convolutions of ones, one after the other, NCHW [1, channels, size, size]. No larger kernels: for those there
 * are algorithms that multiply less often than is counted here.
 */
export function pointwiseConvolutions(count: number, channels: number, size: number): Product {
  const shape = [1, channels, size, size];
  const names = Array.from({ length: count }, (_, i) => (i === count - 1 ? OUTPUT : `convolution${i}`));
  return {
    name: `pointwise-f32-${count}x${size}x${size}x${channels}`,
    graph() {
      const graph = new OnnxGraph("convolutions");
      graph.input(INPUT, shape);
      const weights = graph.constant("weights", ones(channels ** 2), [channels, channels, 1, 1]);
      let tensor = INPUT;
      for (const name of names)
        tensor = graph.node({ name, operator: "Conv", inputs: [tensor, weights], output: name });
      graph.output(tensor, shape);
      return graph;
    },
    input: shape,
    output: shape,
    value: channels ** count,
    multAdds: count * size ** 2 * channels ** 2,
  };
}

function ones(length: number): Float32Array {
  return new Float32Array(length).fill(1);
}
