import { foldBatchNorm, isWeighted, type Layer, type Model, type Weights } from "@mobilenet-bench/spec";
import type { ModelJson, StoredWeight } from "./tfjs-files.ts";

/** How a graph model is made; each has another form in the wild. */
export interface GraphStyle {
  /** fused: one operator per layer; folded: bias added; unfolded: batch norm; affine: a product and a sum. */
  readonly norm: "fused" | "folded" | "unfolded" | "affine";
  readonly pads: "same" | "node" | "explicit";
  readonly classifier: "matmul" | "fused-matmul" | "convolution";
  readonly pool: "mean" | "mean-keep" | "average";
  /** Of the way to [n, classes] where the classifier is a convolution: the sizes as a constant, or put together. */
  readonly shape: "constant" | "packed" | "concatenated" | "squeeze";
  readonly relu6: "Relu6" | "clip" | "minimum";
  readonly softmax: boolean;
  readonly signature: boolean;
}

/** A graph model of TensorFlow.js with one group of weights, in the file weights.bin. */
export function graphModel(model: Model, weights: Weights, style: GraphStyle) {
  const graph = new Writer();
  let value = graph.node("Placeholder", "image", [], {
    shape: { shape: { dim: [-1, ...model.input].map((size) => ({ size: String(size) })) } },
  });
  const folded = foldBatchNorm(model, weights);
  for (const layer of model.layers) {
    if (layer.type === "dense") value = classifier(graph, layer, value, weights, style);
    else if (isWeighted(layer)) value = convolution(graph, layer, value, { weights, folded, style });
    else if (layer.type === "pool") value = pool(graph, layer, value, style);
    else if (style.softmax) value = graph.node("Softmax", layer.name, [value]);
  }
  value = graph.node("Identity", "Identity", [value, "^image"]);
  return graph.finish(style.signature ? { outputs: { probabilities: { name: `${value}:0` } } } : undefined);
}

interface Sources {
  readonly weights: Weights;
  readonly folded: ReturnType<typeof foldBatchNorm>;
  readonly style: GraphStyle;
}

function convolution(graph: Writer, layer: Layer, input: string, { weights, folded, style }: Sources) {
  const { name, stride, padding } = layer;
  const { norm } = style;
  const own = (tensor: string) => weights.tensors.get(`${name}/${tensor}`)!;
  const { kernel, bias } = folded.get(name)!;
  const isFolded = norm === "fused" || norm === "folded";
  const values = { shape: own("weights").shape, data: isFolded ? kernel : own("weights").data };
  const pixels = [0, 0, padding.top, padding.bottom, padding.left, padding.right, 0, 0];
  const isPadded = style.pads !== "same" && pixels.some((size) => size > 0);
  const source =
    isPadded && style.pads === "node"
      ? graph.node("Pad", `${name}/pad`, [input, graph.integers(`${name}/pads`, pixels, [4, 2])])
      : input;
  const isDepthwise = layer.type === "depthwise";
  const attributes = {
    strides: integerList([1, stride, stride, 1]),
    padding: text(isPadded ? (style.pads === "node" ? "VALID" : "EXPLICIT") : "SAME"),
    ...(isPadded && style.pads === "explicit" && { explicit_paddings: integerList(pixels) }),
    data_format: text("NHWC"),
    dilations: integerList([1, 1, 1, 1]),
    T: { type: "DT_FLOAT" },
  };
  const filter = graph.constant(`${name}/kernel`, values);
  const vector = (role: string, data: Float32Array) =>
    graph.constant(`${name}/${role}`, { shape: [data.length], data });
  if (norm === "fused")
    return graph.node(
      isDepthwise ? "FusedDepthwiseConv2dNative" : "_FusedConv2D",
      name,
      [source, filter, vector("bias", bias)],
      {
        ...attributes,
        fused_ops: { list: { s: [base64("BiasAdd"), base64("Relu6")] } },
        num_args: { i: "1" },
      },
    );
  let value = graph.node(
    isDepthwise ? "DepthwiseConv2dNative" : "Conv2D",
    `${name}/convolved`,
    [source, filter],
    attributes,
  );
  if (norm === "folded") value = graph.node("BiasAdd", `${name}/biased`, [value, vector("bias", bias)]);
  else if (norm === "unfolded")
    value = graph.node(
      "FusedBatchNormV3",
      `${name}/normalized`,
      [
        value,
        ...["gamma", "beta", "moving_mean", "moving_variance"].map((role) => vector(role, own(role).data)),
      ],
      { epsilon: { f: weights.epsilon }, is_training: { b: false } },
    );
  else {
    const product = graph.node("Mul", `${name}/scaled`, [vector("gamma", own("gamma").data), value]);
    value = graph.node("AddV2", `${name}/shifted`, [product, vector("beta", own("beta").data)]);
  }
  return relu6(graph, name, value, style);
}

function relu6(graph: Writer, name: string, value: string, { relu6 }: GraphStyle) {
  const scalar = (role: string, data: number) =>
    graph.constant(`${name}/${role}`, { shape: [], data: Float32Array.of(data) });
  if (relu6 === "Relu6") return graph.node("Relu6", name, [value]);
  if (relu6 === "clip") return graph.node("ClipByValue", name, [value, scalar("zero", 0), scalar("six", 6)]);
  const below = graph.node("Relu", `${name}/relu`, [value]);
  return graph.node("Minimum", name, [scalar("six", 6), below]);
}

function pool(graph: Writer, { name, input }: Layer, value: string, { pool }: GraphStyle) {
  if (pool !== "average")
    return graph.node("Mean", name, [value, graph.integers(`${name}/axes`, [1, 2], [2])], {
      keep_dims: { b: pool === "mean-keep" },
    });
  return graph.node("AvgPool", name, [value], {
    ksize: integerList([1, input[0], input[1], 1]),
    strides: integerList([1, input[0], input[1], 1]),
    padding: text("VALID"),
  });
}

function classifier(
  graph: Writer,
  { name, input, output }: Layer,
  value: string,
  weights: Weights,
  style: GraphStyle,
) {
  const { data } = weights.tensors.get("Logits/weights")!;
  const sizes = [input[2], output[2]];
  const bias = graph.constant(`${name}/biases`, {
    shape: [output[2]],
    data: weights.tensors.get("Logits/biases")!.data,
  });
  if (style.classifier !== "convolution") {
    const flat = graph.node("Squeeze", `${name}/flat`, [value], { squeeze_dims: integerList([1, 2]) });
    const kernel = graph.constant(`${name}/kernel`, { shape: sizes, data });
    if (style.classifier === "fused-matmul")
      return graph.node("_FusedMatMul", name, [flat, kernel, bias], {
        fused_ops: { list: { s: [base64("BiasAdd")] } },
      });
    return graph.node("BiasAdd", name, [graph.node("MatMul", `${name}/product`, [flat, kernel]), bias]);
  }
  const kernel = graph.constant(`${name}/kernel`, { shape: [1, 1, ...sizes], data });
  const convolved = graph.node("Conv2D", `${name}/convolved`, [value, kernel], {
    strides: integerList([1, 1, 1, 1]),
    padding: text("VALID"),
  });
  return reshaped(graph, name, graph.node("BiasAdd", `${name}/biased`, [convolved, bias]), output[2], style);
}

function reshaped(graph: Writer, name: string, value: string, classes: number, { shape }: GraphStyle) {
  if (shape === "squeeze") return graph.node("Squeeze", name, [value]);
  if (shape === "constant")
    return graph.node("Reshape", name, [value, graph.integers(`${name}/shape`, [-1, classes], [2])]);
  const all = graph.node("Shape", `${name}/sizes`, [value]);
  const at = (role: string, index: number) => graph.integers(`${name}/${role}`, [index], [1]);
  const batch = graph.node(
    "StridedSlice",
    `${name}/batch`,
    [all, at("from", 0), at("to", 1), at("step", 1)],
    {
      T: { type: "DT_INT32" },
    },
  );
  if (shape === "concatenated")
    return graph.node("Reshape", name, [
      value,
      graph.node("ConcatV2", `${name}/shape`, [batch, at("classes", classes), at("axis", 0)], {
        T: { type: "DT_INT32" },
      }),
    ]);
  const packed = graph.node(
    "Pack",
    `${name}/shape`,
    [batch, graph.integers(`${name}/classes`, [classes], [])],
    { T: { type: "DT_INT32" } },
  );
  return graph.node("Reshape", name, [value, packed]);
}

const base64 = (value: string) => Buffer.from(value).toString("base64");
const text = (value: string) => ({ s: base64(value) });
const integerList = (values: readonly number[]) => ({ list: { i: values.map(String) } });

/** Nodes and weights as they come. */
class Writer {
  readonly #nodes: object[] = [];
  readonly #weights: StoredWeight[] = [];
  readonly #data: Uint8Array[] = [];

  node(op: string, name: string, input: readonly string[], attr: object = {}): string {
    this.#nodes.push({ op, name, ...(input.length > 0 && { input }), attr });
    return name;
  }

  constant(name: string, { shape, data }: { shape: readonly number[]; data: Float32Array }): string {
    return this.#constant(name, shape, "float32", data);
  }

  integers(name: string, values: readonly number[], shape: readonly number[]): string {
    return this.#constant(name, shape, "int32", Int32Array.from(values));
  }

  finish(signature: object | undefined): { json: ModelJson; bytes: Buffer } {
    const json = {
      format: "graph-model",
      modelTopology: { node: this.#nodes, versions: {} },
      ...(signature && { signature }),
      weightsManifest: [{ paths: ["weights.bin"], weights: this.#weights }],
    };
    return { json, bytes: Buffer.concat(this.#data) };
  }

  #constant(name: string, shape: readonly number[], dtype: string, data: Float32Array | Int32Array) {
    this.#weights.push({ name, shape: [...shape], dtype });
    this.#data.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return this.node("Const", name, [], { dtype: { type: dtype === "int32" ? "DT_INT32" : "DT_FLOAT" } });
  }
}
