import { describe, expect, test } from "vitest";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { differences } from "../support/models.ts";
import {
  modelJson,
  readTogether,
  written,
  type KerasLayer,
  type StoredWeight,
} from "../support/tfjs-files.ts";

/** At an even resolution, so that TensorFlow's SAME is a pad behind wherever the stride is 2. */
const model = createModel({ alpha: 0.1, resolution: 64, classes: 7 });
const weights = generateWeights(model);
const { bytes, layers, manifest } = written(model, weights);
const names = layers.map(({ config }) => String(config["name"]));
const first = layers[0]!;

type Topology = Record<string, unknown>;
const sequential = (layers: readonly KerasLayer[], more: object = {}): Topology => ({
  class_name: "Sequential",
  config: { name: "network", layers, ...more },
});
/** Each layer on the one before, as Keras 2 writes it. */
const keras2Calls = (inputs: readonly string[]) => [inputs.map((name) => [name, 0, 0, {}])];
/** The same of Keras 3. */
const keras3Calls = (inputs: readonly string[]) =>
  inputs.map((name) => ({
    args: [
      {
        class_name: "__keras_tensor__",
        config: { shape: [null, 1], dtype: "float32", keras_history: [name, 0, 0] },
      },
    ],
    kwargs: { mask: null },
  }));
function functional(
  layers: readonly KerasLayer[],
  calls: (inputs: readonly string[]) => unknown = keras2Calls,
): { class_name: string; config: Record<string, unknown> } {
  const named = layers.map((layer, i) => {
    const before = layers[i - 1]?.config["name"];
    const inbound_nodes = i === 0 ? [] : calls([String(before)]);
    return { ...layer, name: String(layer.config["name"]), inbound_nodes };
  });
  return {
    class_name: "Functional",
    config: {
      name: "network",
      layers: named,
      input_layers: [[named[0]!.name, 0, 0]],
      output_layers: [[named.at(-1)!.name, 0, 0]],
    },
  };
}
const change = (
  layers: readonly KerasLayer[],
  how: (layer: KerasLayer) => KerasLayer | readonly KerasLayer[],
): readonly KerasLayer[] => layers.flatMap(how);
const configured = (layer: KerasLayer, config: object): KerasLayer => ({
  ...layer,
  config: { ...layer.config, ...config },
});

/** Keras 3's own format counts the layers of a class instead of naming them. */
function countedNames(): StoredWeight[] {
  const paths = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { class_name: className, config } of layers) {
    const snake = className.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
    const count = counts.get(snake) ?? 0;
    counts.set(snake, count + 1);
    paths.set(String(config["name"]), count === 0 ? snake : `${snake}_${count}`);
  }
  const seen = new Map<string, number>();
  return manifest.map((weight) => {
    const layer = weight.name.split("/")[0]!;
    const index = seen.get(layer) ?? 0;
    seen.set(layer, index + 1);
    return { ...weight, name: `layers/${paths.get(layer)}/vars/${index}` };
  });
}

/** What Keras's own MobileNet has in place of what we write. */
const likeKeras = change(layers, (layer) => {
  const { name, strides } = layer.config;
  switch (layer.class_name) {
    case "DepthwiseConv2D":
      if (String(strides) !== "2,2") return layer;
      return [
        {
          class_name: "ZeroPadding2D",
          config: {
            name: `${String(name)}_pad`,
            padding: [
              [0, 1],
              [0, 1],
            ],
          },
        },
        configured(layer, { padding: "valid" }),
      ];
    case "ReLU":
      return { class_name: "Activation", config: { name, activation: "relu6" } };
    case "GlobalAveragePooling2D":
      return [
        configured(layer, { keepdims: true }),
        { class_name: "Dropout", config: { name: "dropout", rate: 0.001 } },
      ];
    default:
      return layer;
  }
});
/** The classifier as the 1×1 convolution that Keras has. */
const convolutionClassifier = change(likeKeras, (layer) =>
  layer.class_name === "Dense"
    ? [
        {
          class_name: "Conv2D",
          config: { name: "Logits", filters: 7, kernel_size: [1, 1], padding: "same", activation: "linear" },
        },
        { class_name: "Reshape", config: { name: "reshape", target_shape: [7] } },
      ]
    : layer,
);
const convolutionManifest = manifest.map((weight) =>
  weight.name === "Logits/kernel" ? { ...weight, shape: [1, 1, ...weight.shape] } : weight,
);

const body = layers.findIndex(({ class_name }) => class_name === "GlobalAveragePooling2D");
/** A network without its head as the first layer of another, as after transfer learning. */
const nested = sequential([functional(layers.slice(0, body)), ...layers.slice(body)]);
const nestedNames = manifest.map((weight) =>
  weight.name.startsWith("Logits") ? weight : { ...weight, name: `network/${weight.name}` },
);

const FORMS: readonly (readonly [what: string, topology: Topology, weights: StoredWeight[]])[] = [
  ["a Sequential model", sequential(layers), manifest],
  [
    "an old Sequential model, whose config is the list",
    { class_name: "Sequential", config: layers },
    manifest,
  ],
  [
    "a Sequential model without input layer",
    sequential(
      [configured(layers[1]!, first.config), ...layers.slice(2)].map((layer, i) =>
        i === 0 ? configured(layer, { name: names[1] }) : layer,
      ),
    ),
    manifest,
  ],
  [
    "a Sequential model that was built",
    sequential(layers.slice(1), { build_input_shape: [null, 64, 64, 3] }),
    manifest,
  ],
  ["a Functional model of Keras 2", { keras_version: "2.4", model_config: functional(layers) }, manifest],
  ["one that is called Model", { ...functional(layers), class_name: "Model" }, manifest],
  [
    "a Functional model of Keras 3",
    functional(
      [
        configured(first, { batch_input_shape: undefined, batch_shape: [null, 64, 64, 3] }),
        ...layers.slice(1),
      ],
      keras3Calls,
    ),
    manifest,
  ],
  ["weights named as in Keras 3's own format", functional(layers, keras3Calls), countedNames()],
  [
    "weights named as in the format of Keras 2.13",
    functional(layers),
    manifest.map((weight) => ({ ...weight, name: `_layer_checkpoint_dependencies/${weight.name}` })),
  ],
  [
    "the kernel of a depthwise layer named as in Keras 3",
    functional(layers),
    manifest.map((weight) => ({ ...weight, name: weight.name.replace("depthwise_kernel", "kernel") })),
  ],
  ["Keras's pads, dropout and activation", functional(likeKeras), manifest],
  ["Keras's classifier", functional(convolutionClassifier), convolutionManifest],
  ["a network in a network", nested, manifest],
  ["a network in a network, weights behind its name", nested, nestedNames],
  [
    "batch norm along axis 3, named as a list",
    sequential(
      change(layers, (layer) =>
        layer.class_name === "BatchNormalization" ? configured(layer, { axis: [3] }) : layer,
      ),
    ),
    manifest,
  ],
  [
    "the softmax within the classifier",
    sequential(
      change(layers, (layer) => {
        if (layer.class_name === "Dense") return configured(layer, { activation: "softmax" });
        return layer.class_name === "Activation" ? [] : layer;
      }),
    ),
    manifest,
  ],
  ["logits", sequential(layers.slice(0, -1)), manifest],
  [
    "the softmax as a layer of its own class",
    sequential([...layers.slice(0, -1), { class_name: "Softmax", config: { name: "softmax", axis: -1 } }]),
    manifest,
  ],
  [
    "a pool of the plane's size and a flattening",
    sequential(
      change(layers, (layer) =>
        layer.class_name === "GlobalAveragePooling2D"
          ? [
              { class_name: "AveragePooling2D", config: { name: "pool", pool_size: [2, 2] } },
              { class_name: "Flatten", config: { name: "flatten" } },
            ]
          : layer,
      ),
    ),
    manifest,
  ],
];

describe("a layers model is read to the last bit from", () => {
  test.each(FORMS)("%s", async (_, topology, stored) => {
    const found = await readTogether(modelJson(topology, stored), bytes);
    expect(differences(found, { model, weights })).toEqual([]);
    expect(found.format).toBe("TensorFlow.js layers model");
  });

  test("batch norm without γ or β, whose places the others take", async () => {
    const plain = change(layers, (layer) =>
      layer.class_name === "BatchNormalization" ? configured(layer, { scale: false, center: false }) : layer,
    );
    const found = await readTogether(modelJson(sequential(plain), manifest), bytes);
    const { gamma, beta } = {
      gamma: found.weights.tensors.get("Conv2d_0/gamma"),
      beta: found.weights.tensors.get("Conv2d_0/beta"),
    };
    expect(gamma?.data).toEqual(new Float32Array(8).fill(1));
    expect(beta?.data).toEqual(new Float32Array(8));
    expect(found.weights.tensors.get("Conv2d_0/moving_mean")).toEqual(
      weights.tensors.get("Conv2d_0/moving_mean"),
    );
  });
});
