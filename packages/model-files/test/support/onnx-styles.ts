import {
  foldBatchNorm,
  isWeighted,
  type FoldedLayer,
  type Layer,
  type Model,
  type WeightedLayer,
  type Weights,
} from "@mobilenet-bench/spec";
import onnxProto from "onnx-proto";
import { OnnxBuilder, rawFloats } from "./onnx-builder.ts";

const { DataType } = onnxProto.onnx.TensorProto;

/** The ways in which exporters write the same network. */
export const STYLES = {
  /** Of the operators; 10 wherever bounds of clips are attributes. */
  opset: [11, 13, 17, 21],
  /** Of the images. */
  input: ["nchw", "nhwc-transposed", "open"],
  norm: ["folded", "unfolded", "mul-add", "add", "bias-and-norm", "mixed"],
  pads: ["in-convolution", "node", "same-upper", "generous"],
  relu6: ["clip", "clip-attributes", "relu-min", "min-max"],
  pool: ["global", "average", "mean", "mean-keeping-axes"],
  classifier: ["gemm", "gemm-transposed", "matmul-add", "convolution"],
  tail: ["logits", "softmax", "reshape-softmax", "dropout"],
  weights: ["raw", "list", "constant-node", "identity", "transposed", "double"],
} as const;
export type Style = { readonly [K in keyof typeof STYLES]: (typeof STYLES)[K][number] };

export interface Written {
  readonly bytes: Uint8Array;
  /** What the layers compute, by name; undefined where rounding depends on the reader. */
  readonly folded: ReadonlyMap<string, FoldedLayer> | undefined;
}

/** Where values do not count: what the bias is moved by in "bias-and-norm". */
const MOVED = 0.25;

const MIXED = ["folded", "unfolded", "mul-add"] as const;

/** Writes the network in a style, without any of the exporter under test. */
export function writeInStyle(model: Model, weights: Weights, style: Style): Written {
  const writer = new Writer(model, weights, style);
  return { bytes: writer.write(), folded: style.norm === "bias-and-norm" ? undefined : writer.folded };
}

class Writer {
  readonly folded = new Map<string, FoldedLayer>();
  readonly #model: Model;
  readonly #weights: Weights;
  readonly #style: Style;
  readonly #graph = new OnnxBuilder();

  constructor(model: Model, weights: Weights, style: Style) {
    this.#model = model;
    this.#weights = weights;
    this.#style = style;
    // Bounds are attributes, axes too, in the operators of old.
    this.#graph.opset = style.relu6 === "clip-attributes" ? 10 : style.opset;
  }

  write(): Uint8Array {
    const graph = this.#graph;
    let value = this.#input();
    for (const [name, layer] of foldBatchNorm(this.#model, this.#weights)) this.folded.set(name, layer);
    for (const [index, layer] of this.#model.layers.entries()) {
      if (isWeighted(layer) && layer.type !== "dense") value = this.#convolution(layer, value, index);
      else if (layer.type === "pool") value = this.#pool(layer, value);
      else if (isWeighted(layer)) value = this.#classifier(layer, value);
    }
    graph.output(this.#tail(value));
    return graph.encode();
  }

  #input(): string {
    const { resolution } = this.#model;
    const graph = this.#graph;
    if (this.#style.input === "nchw") return graph.input("image", [1, 3, resolution, resolution]);
    if (this.#style.input === "open") return graph.input("image", ["n", 3, "h", "w"]);
    return graph.node("Transpose", [graph.input("image", ["n", resolution, resolution, 3])], {
      perm: [0, 3, 1, 2],
    });
  }

  #convolution(layer: WeightedLayer, input: string, index: number): string {
    const graph = this.#graph;
    const { norm } = this.#style;
    const channels = layer.output[2];
    const kernel = this.#tensor(layer, "weights");
    const own = this.#own(layer);
    const { pads, padded } = this.#pads(layer, input);
    const attributes = {
      ...pads,
      kernel_shape: [layer.kernel, layer.kernel],
      strides: [layer.stride, layer.stride],
      group: layer.type === "depthwise" ? channels : 1,
    };
    const convolve = (values: Float32Array, bias?: Float32Array) =>
      graph.node(
        "Conv",
        [padded, this.#kernel(layer, values), ...(bias ? [graph.floats([channels], bias)] : [])],
        attributes,
      );
    const effective = norm === "mixed" ? (MIXED[index % MIXED.length] ?? "folded") : norm;
    switch (effective) {
      case "folded":
        return this.#relu6(convolve(own.kernel, own.bias));
      case "add":
        return this.#relu6(
          graph.node("Add", [convolve(own.kernel), graph.floats([1, channels, 1, 1], own.bias)]),
        );
      case "mul-add": {
        const scale = this.#scale(layer);
        const product = graph.node("Mul", [graph.floats([channels, 1, 1], scale), convolve(kernel)]);
        this.folded.set(layer.name, {
          kernel: kernel.map((value, at) => value * scale[at % channels]!),
          bias: own.bias,
        });
        return this.#relu6(graph.node("Add", [product, graph.floats([channels, 1, 1], own.bias)]));
      }
      case "bias-and-norm":
        return this.#relu6(
          this.#batchNorm(layer, convolve(kernel, new Float32Array(channels).fill(MOVED)), MOVED),
        );
      case "unfolded":
        return this.#relu6(this.#batchNorm(layer, convolve(kernel), 0));
    }
  }

  #own(layer: WeightedLayer): FoldedLayer {
    const own = this.folded.get(layer.name);
    if (!own) throw new Error(`No layer ${layer.name}.`);
    return own;
  }

  #tensor(layer: Layer, name: string): Float32Array {
    return this.#weights.tensors.get(`${layer.name}/${name}`)?.data ?? new Float32Array();
  }

  #scale(layer: Layer): Float32Array {
    const variance = this.#tensor(layer, "moving_variance");
    return this.#tensor(layer, "gamma").map(
      (gamma, c) => gamma / Math.sqrt(variance[c]! + this.#weights.epsilon),
    );
  }

  #batchNorm(layer: Layer, input: string, moved: number): string {
    const statistics = ["gamma", "beta", "moving_mean", "moving_variance"].map((name) => {
      const data = this.#tensor(layer, name);
      return this.#graph.floats(
        [data.length],
        name === "moving_mean" ? data.map((value) => value + moved) : data,
      );
    });
    return this.#graph.node("BatchNormalization", [input, ...statistics], {
      epsilon: { float: this.#weights.epsilon },
    });
  }

  #pads({ padding, input, kernel, stride }: Layer, value: string) {
    const { top, left, bottom, right } = padding;
    const style = this.#style.pads;
    if (style === "same-upper") return { pads: { auto_pad: "SAME_UPPER" }, padded: value };
    // A row that no window reaches changes nothing.
    const isUnread =
      style === "generous" && (input[0] + top + bottom - kernel) % stride === 0 && stride === 2;
    const extra = isUnread ? 1 : 0;
    const ends = [bottom + extra, right + extra] as const;
    if (style !== "node") return { pads: { pads: [top, left, ...ends] }, padded: value };
    const pads = [0, 0, top, left, 0, 0, ...ends];
    const padded =
      this.#graph.opset < 11
        ? this.#graph.node("Pad", [value], { pads, mode: "constant" })
        : this.#graph.node("Pad", [value, this.#graph.integers(pads)]);
    return { pads: { auto_pad: "VALID" }, padded };
  }

  /** [out, in, k, k] of [k, k, in, out], element by element. */
  #kernel(layer: WeightedLayer, values: Float32Array): string {
    const k = layer.kernel;
    const channels = layer.output[2];
    const depth = layer.type === "depthwise" ? 1 : layer.input[2];
    const at = (o: number, i: number, y: number, x: number) =>
      values[((y * k + x) * depth + i) * channels + o]!;
    if (this.#style.weights === "transposed") {
      const data = values;
      const stored = this.#stored([k, k, depth, channels], data);
      return this.#graph.node("Transpose", [stored], { perm: [3, 2, 0, 1] });
    }
    const data: number[] = [];
    for (let o = 0; o < channels; o++)
      for (let i = 0; i < depth; i++)
        for (let y = 0; y < k; y++) for (let x = 0; x < k; x++) data.push(at(o, i, y, x));
    return this.#stored([channels, depth, k, k], data);
  }

  #stored(dims: readonly number[], data: ArrayLike<number>): string {
    const graph = this.#graph;
    switch (this.#style.weights) {
      case "list":
        return graph.tensor({ dataType: DataType.FLOAT, dims: [...dims], floatData: Array.from(data) });
      case "double": {
        const bytes = new Uint8Array(Float64Array.from(data).buffer);
        return graph.node(
          "Cast",
          [graph.tensor({ dataType: DataType.DOUBLE, dims: [...dims], rawData: bytes })],
          {
            to: DataType.FLOAT,
          },
        );
      }
      case "constant-node":
        return graph.node("Constant", [], { value: rawFloats(dims, data) });
      case "identity":
        return graph.node("Identity", [graph.floats(dims, data)]);
      case "raw":
      case "transposed":
        return graph.floats(dims, data);
    }
  }

  #relu6(value: string): string {
    const graph = this.#graph;
    const scalar = (bound: number) => graph.floats([], [bound]);
    switch (this.#style.relu6) {
      case "clip":
        return graph.node("Clip", [value, scalar(0), scalar(6)]);
      case "clip-attributes":
        return graph.node("Clip", [value], { min: { float: 0 }, max: { float: 6 } });
      case "relu-min":
        return graph.node("Min", [graph.node("Relu", [value]), scalar(6)]);
      case "min-max":
        return graph.node("Max", [scalar(0), graph.node("Min", [value, scalar(6)])]);
    }
  }

  #pool(layer: Layer, value: string): string {
    const graph = this.#graph;
    switch (this.#style.pool) {
      case "global":
        return graph.node("GlobalAveragePool", [value]);
      case "average":
        return graph.node("AveragePool", [value], { kernel_shape: [layer.kernel, layer.kernel] });
      case "mean":
        return this.#mean(value, [2, 3], 0);
      case "mean-keeping-axes":
        return this.#mean(value, [-2, -1], 1);
    }
  }

  /** Axes are an input since opset 18. */
  #mean(value: string, axes: readonly number[], keepdims: number): string {
    const graph = this.#graph;
    return graph.opset < 18
      ? graph.node("ReduceMean", [value], { axes, keepdims })
      : graph.node("ReduceMean", [value, graph.integers(axes)], { keepdims });
  }

  #classifier(layer: WeightedLayer, value: string): string {
    const graph = this.#graph;
    const { kernel, bias } = this.#own(layer);
    const [, , inputs] = layer.input;
    const [, , classes] = layer.output;
    const transposed = Float32Array.from(
      kernel,
      (_, at) => kernel[(at % inputs) * classes + Math.floor(at / inputs)]!,
    );
    const biases = graph.floats([classes], bias);
    const isFlat = this.#style.pool === "mean";
    const flat = () => (isFlat ? value : graph.node("Flatten", [value]));
    switch (this.#style.classifier) {
      case "gemm":
        return graph.node("Gemm", [flat(), graph.floats([inputs, classes], kernel), biases]);
      case "gemm-transposed":
        return graph.node("Gemm", [flat(), graph.floats([classes, inputs], transposed), biases], {
          transB: 1,
        });
      case "matmul-add":
        return graph.node("Add", [
          graph.node("MatMul", [flat(), graph.floats([inputs, classes], kernel)]),
          biases,
        ]);
      case "convolution": {
        const plane = isFlat ? graph.node("Reshape", [value, graph.integers([-1, inputs, 1, 1])]) : value;
        const weights = graph.floats([classes, inputs, 1, 1], transposed);
        return graph.node("Reshape", [
          graph.node("Conv", [plane, weights, biases]),
          graph.integers([-1, classes]),
        ]);
      }
    }
  }

  #tail(value: string): string {
    const graph = this.#graph;
    switch (this.#style.tail) {
      case "logits":
        return value;
      case "softmax":
        return graph.node("Softmax", [value], { axis: 1 });
      case "reshape-softmax": {
        const shape = graph.integers([-1, this.#model.classes]);
        return graph.node("Reshape", [
          graph.node("Softmax", [graph.node("Reshape", [value, shape])], { axis: 1 }),
          shape,
        ]);
      }
      case "dropout":
        return graph.node("Identity", [graph.node("Dropout", [value])]);
    }
  }
}
