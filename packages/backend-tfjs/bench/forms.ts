/**
 * The ways to write the network with the library, in rounds of random order:
 * node bench/forms.ts [cpu|wasm|tensorflow [MODEL [ROUNDS]]]
 */
import { tfjsNode } from "@mobilenet-bench/backend-tfjs";
import {
  createModel,
  foldBatchNorm,
  generateWeights,
  isWeighted,
  kernelShape,
  parseModelName,
  syntheticImage,
} from "@mobilenet-bench/spec";
import * as tf from "@tensorflow/tfjs-core";
import * as layersApi from "@tensorflow/tfjs-layers";
import { median, min, shuffle } from "simple-statistics";
import { buildNetwork } from "../src/network.ts";

const [backend = "wasm", name = "mobilenet_v1_1.0_224", rounds = "20"] = process.argv.slice(2);
const model = parseModelName(name);
const weights = generateWeights(model);
const folded = foldBatchNorm(model, weights);
const image = syntheticImage(model.resolution);

tf.enableProdMode();
if (backend === "wasm") await import("@tensorflow/tfjs-backend-wasm");
else if (backend === "cpu") await import("@tensorflow/tfjs-backend-cpu");
else {
  // Loading a session loads the native library.
  const tiny = createModel({ alpha: 0.1, resolution: 32, classes: 1 });
  await (await tfjsNode.load(tiny, generateWeights(tiny))).dispose();
}
await tf.setBackend(backend);

type Form = (x: tf.Tensor4D) => tf.Tensor;
const network = buildNetwork(tf, model, weights);

const fused: Form = (images) => {
  let x = images;
  for (const { apply } of network) {
    const y = apply(x);
    x.dispose();
    x = y;
  }
  return x;
};

/** Pointwise layers as a product of matrices. */
const matMul: Form = (images) => {
  let x = images;
  for (const { layer, apply, weights: parameters } of network) {
    const [height, width, depth] = layer.input;
    const [kernel, bias] = parameters;
    const y =
      layer.type === "pointwise" && kernel
        ? tf.reshape<tf.Rank.R4>(
            tf.fused.matMul({
              a: tf.reshape<tf.Rank.R2>(x, [height * width, depth]),
              b: tf.reshape<tf.Rank.R2>(kernel, [depth, layer.output[2]]),
              ...(bias && { bias }),
              activation: "relu6",
            }),
            [1, ...layer.output],
          )
        : apply(x);
    x.dispose();
    x = y;
  }
  return x;
};

const layersModel = layersApi.sequential();
for (const layer of model.layers) {
  const weighted = isWeighted(layer) ? folded.get(layer.name) : undefined;
  const tensors =
    isWeighted(layer) && weighted
      ? [tf.tensor(weighted.kernel, [...kernelShape(layer)]), tf.tensor1d(weighted.bias)]
      : [];
  const common = { weights: tensors, ...(layer === model.layers[0] && { inputShape: [...model.input] }) };
  const convolution = {
    ...common,
    kernelSize: layer.kernel,
    strides: layer.stride,
    padding: "same",
  } as const;
  const [, , channels] = layer.output;
  if (layer.type === "depthwise") layersModel.add(layersApi.layers.depthwiseConv2d(convolution));
  else if (layer.type === "pool") layersModel.add(layersApi.layers.globalAveragePooling2d({}));
  else if (layer.type === "dense") layersModel.add(layersApi.layers.dense({ ...common, units: channels }));
  else if (layer.type !== "softmax")
    layersModel.add(layersApi.layers.conv2d({ ...convolution, filters: channels }));
  if (layer.activation === "relu6") layersModel.add(layersApi.layers.reLU({ maxValue: 6 }));
}
const layers: Form = (images) => {
  const output = layersModel.predict(images);
  return Array.isArray(output) ? tf.concat(output) : output;
};

const forms = { "fused operations": fused, "fused, pointwise as matMul": matMul, "layers API": layers };
const times = new Map(Object.keys(forms).map((form) => [form, new Array<number>()]));
let reference: Float32Array | undefined;
for (let round = -2; round < Number(rounds); round++)
  for (const [form, compute] of shuffle(Object.entries(forms))) {
    const start = performance.now();
    const output = tf.tidy(() => compute(tf.tensor4d(image, [1, ...model.input])));
    const logits = output.dataSync<"float32">();
    output.dispose();
    if (round >= 0) times.get(form)?.push(performance.now() - start);
    reference ??= logits;
    const error = Math.max(...logits.map((logit, i) => Math.abs(logit - (reference?.[i] ?? NaN))));
    if (!(error < 1e-3)) throw new Error(`${form} computes something else: ${error}`);
  }
for (const [form, ms] of times)
  process.stdout.write(
    `${backend} ${model.name} ${form}: median ${median(ms).toFixed(2)} ms, min ${min(ms).toFixed(2)} ms\n`,
  );
