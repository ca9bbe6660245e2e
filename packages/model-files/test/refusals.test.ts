import { describe, expect, test } from "vitest";
import { createModel } from "@mobilenet-bench/spec";
import { ModelFileError } from "../src/error.ts";
import { mapGraph } from "../src/graph/map-graph.ts";
import type { SourceGraph } from "../src/graph/source-graph.ts";
import { edit, graphOf, withNodeBefore, without, withOperation } from "./support/edit-graph.ts";

const CONFIG = { alpha: 0.25, resolution: 64, classes: 5 };
const graph = await graphOf(CONFIG);
const conv = await graphOf({ ...CONFIG, conv: true });

const REMEDY =
  "Import a float32 MobileNet V1: mnb spec lists its layers, each convolution with ReLU6, or each with ReLU.";
const RECTIFIERS =
  "Some of its layers have ReLU6 and others ReLU: train the network with one of the two in all layers.";
const PADDING =
  "It computes another network, with its windows elsewhere: train it with TensorFlow's SAME padding in all layers, or with a pixel on every side in all of them, as PyTorch's padding=1.";
const LINEAR =
  "Networks with linear layers between the others, such as MobileNet V2, cannot be read: import a MobileNet V1.";
const POOL =
  "Export the network with a global average pool, such as nn.AdaptiveAvgPool2d(1), behind its last convolution.";
const BACKBONE =
  "It is a backbone without classifier: export the network with its own (include_top=True in Keras), or add a dense layer to the classes and train that.";
const CASES: readonly (readonly [what: string, graph: SourceGraph, message: string])[] = [
  [
    "a layer of another type",
    withOperation(graph, "Conv2d_3_depthwise", () => ({
      type: "other",
      what: "an operator that no MobileNet V1 has",
    })),
    `could not map node "Conv2d_3_depthwise" (Conv): expected a depthwise 3×3 with 32 channels, stride 1, as Conv2d_3_depthwise, found an operator that no MobileNet V1 has (mapped up to there: Conv2d_0 to Conv2d_2_pointwise). ${REMEDY}`,
  ],
  [
    "another kernel",
    withOperation(
      graph,
      "Conv2d_1_pointwise",
      edit("convolution", (operation) => ({
        ...operation,
        kernel: { shape: [5, 5, 8, 16], data: new Float32Array(5 * 5 * 8 * 16) },
      })),
    ),
    `could not map node "Conv2d_1_pointwise" (Conv): expected a pointwise 1×1 from 8 to 8…17 channels, stride 1, as Conv2d_1_pointwise, found a convolution 5×5 from 8 to 16 channels, stride 1 (mapped up to there: Conv2d_0 to Conv2d_1_depthwise). ${REMEDY}`,
  ],
  [
    "channels that no α gives",
    withOperation(
      graph,
      "Conv2d_2_pointwise",
      edit("convolution", (operation) => ({
        ...operation,
        kernel: { shape: [1, 1, 16, 40], data: new Float32Array(640) },
      })),
    ),
    `could not map node "Conv2d_2_pointwise" (Conv): expected a pointwise 1×1 from 16 to 32…33 channels, stride 1, as Conv2d_2_pointwise, found a convolution 1×1 from 16 to 40 channels, stride 1 (mapped up to there: Conv2d_0 to Conv2d_2_depthwise). ${REMEDY}`,
  ],
  [
    "fewer channels than any layer has",
    withOperation(
      graph,
      "Conv2d_0",
      edit("convolution", (operation) => ({
        ...operation,
        kernel: { shape: [3, 3, 3, 4], data: new Float32Array(108) },
      })),
    ),
    `could not map node "Conv2d_0" (Conv): expected a convolution 3×3 from 3 to at least 8 channels, stride 2, as Conv2d_0, found a convolution 3×3 from 3 to 4 channels, stride 2 (mapped up to there: nothing). ${REMEDY}`,
  ],
  [
    "another stride",
    withOperation(
      graph,
      "Conv2d_4_depthwise",
      edit("depthwise", (operation) => ({ ...operation, stride: 1 })),
    ),
    `could not map node "Conv2d_4_depthwise" (Conv): expected a depthwise 3×3 with 32 channels, stride 2, as Conv2d_4_depthwise, found a depthwise 3×3 with 32 channels, stride 1 (mapped up to there: Conv2d_0 to Conv2d_3_pointwise). ${REMEDY}`,
  ],
  [
    "symmetric pads in one layer alone",
    withOperation(
      graph,
      "Conv2d_0",
      edit("convolution", (operation) => ({
        ...operation,
        padding: { top: 1, left: 1, bottom: 1, right: 1 },
      })),
    ),
    `could not map node "Conv2d_2_depthwise" (Conv): expected a depthwise 3×3 with 16 channels, stride 2, as Conv2d_2_depthwise, padded as PyTorch's padding=1 pads 32×32 pixels (top and left 1, bottom and right 1), found padding of top 0, left 0, bottom 1, right 1 (mapped up to there: Conv2d_0 to Conv2d_1_pointwise). ${PADDING}`,
  ],
  [
    "a pad in front of SAME",
    withOperation(
      withNodeBefore(graph, "Conv2d_1_depthwise", {
        name: "pad",
        operator: "Pad",
        operation: { type: "pad", padding: { top: 0, left: 0, bottom: 1, right: 1 } },
      }),
      "Conv2d_1_depthwise",
      edit("depthwise", (operation) => ({ ...operation, padding: "same" })),
    ),
    `could not map node "Conv2d_1_depthwise" (Conv): expected a depthwise 3×3 with 8 channels, stride 1, as Conv2d_1_depthwise, padded as SAME pads 32×32 pixels (top and left 1, bottom and right 1), found SAME padding behind a pad of its own (mapped up to there: Conv2d_0). ${PADDING}`,
  ],
  [
    "ReLU in place of ReLU6",
    withOperation(graph, "Conv2d_5_pointwise/relu6", () => ({ type: "clip", min: 0, max: Infinity })),
    `could not map node "Conv2d_6_depthwise" (Conv): expected a ReLU6 (a clip to 0…6) after Conv2d_5_pointwise, found a ReLU without an upper bound (mapped up to there: Conv2d_0 to Conv2d_5_depthwise). ${RECTIFIERS}`,
  ],
  [
    "no activation",
    without(graph, "Conv2d_5_pointwise/relu6"),
    `could not map node "Conv2d_6_depthwise" (Conv): expected a ReLU6 (a clip to 0…6) after Conv2d_5_pointwise, found a depthwise 3×3 with 64 channels, stride 2 (mapped up to there: Conv2d_0 to Conv2d_5_depthwise). ${LINEAR}`,
  ],
  [
    "a clip to other bounds",
    withOperation(graph, "Conv2d_5_pointwise/relu6", () => ({ type: "clip", min: 0, max: 1 })),
    `could not map node "Conv2d_5_pointwise/relu6" (Clip): expected a ReLU6 (a clip to 0…6) after Conv2d_5_pointwise, found a clip to 0…1 (mapped up to there: Conv2d_0 to Conv2d_5_depthwise). ${REMEDY}`,
  ],
  [
    "a network that scales its input",
    withNodeBefore(graph, "Conv2d_0", {
      name: "scale",
      operator: "Mul",
      operation: { type: "multiply", values: Float32Array.of(1 / 255) },
    }),
    `could not map node "scale" (Mul): expected a convolution 3×3 from 3 to at least 8 channels, stride 2, as Conv2d_0, found a multiplication with constants (mapped up to there: nothing). The file scales its input itself: export the network without that step, and scale images beforehand.`,
  ],
  [
    "no pool",
    without(graph, "AvgPool"),
    `could not map node "Logits" (Gemm): expected an average pool over all 2×2 pixels as AvgPool, found a dense layer from 256 to 5 (mapped up to there: Conv2d_0 to Conv2d_13_pointwise). ${POOL}`,
  ],
  [
    "a pool over a part",
    withOperation(graph, "AvgPool", () => ({
      type: "average-pool",
      height: 1,
      width: 1,
      stride: 1,
      padding: "same",
    })),
    `could not map node "AvgPool" (GlobalAveragePool): expected an average pool over all 2×2 pixels as AvgPool, found an average pool of 1×1 (mapped up to there: Conv2d_0 to Conv2d_13_pointwise). ${POOL}`,
  ],
  [
    "a pool that pads",
    withOperation(graph, "AvgPool", () => ({
      type: "average-pool",
      height: 2,
      width: 2,
      stride: 1,
      padding: "same",
    })),
    `could not map node "AvgPool" (GlobalAveragePool): expected an average pool over all 2×2 pixels as AvgPool, found an average pool of 2×2 with padding (mapped up to there: Conv2d_0 to Conv2d_13_pointwise). ${POOL}`,
  ],
  [
    "no classifier",
    { ...graph, outputs: ["AvgPool"] },
    `the network ends with node "AvgPool" (GlobalAveragePool): expected the classifier, a dense layer or 1×1 convolution from 256 channels, as Logits after it (mapped up to there: Conv2d_0 to AvgPool). ${BACKBONE}`,
  ],
  [
    "a reshape that splits images",
    withOperation(graph, "Logits/flatten", () => ({ type: "reshape", shape: [null, 128] })),
    `could not map node "Logits/flatten" (Flatten): expected a shape that keeps the 256 values of an image together, found a reshape to [?, 128] (mapped up to there: Conv2d_0 to AvgPool). Export the network with flatten(1), or squeezes of height and width alone, in front of the classifier.`,
  ],
  [
    "more than a softmax behind",
    {
      ...withNodeBefore(graph, "Predictions", {
        name: "again",
        operator: "Softmax",
        operation: { type: "softmax" },
      }),
    },
    `could not map node "Predictions" (Softmax): expected nothing but one softmax or sigmoid behind the classifier, found a softmax (mapped up to there: Conv2d_0 to Predictions). Export the network up to its logits, or up to one softmax or sigmoid.`,
  ],
  [
    "statistics of another size",
    withOperation(
      graph,
      "Conv2d_1_depthwise/batch_norm",
      edit("batch-norm", (operation) => ({ ...operation, variance: new Float32Array(9) })),
    ),
    `could not map node "Conv2d_1_depthwise/batch_norm" (BatchNormalization): expected 8 values, one per channel of Conv2d_1_depthwise, found a batch norm with 9 (mapped up to there: Conv2d_0). The file is broken: export the network again.`,
  ],
  [
    "an ε that is none",
    withOperation(
      graph,
      "Conv2d_0/batch_norm",
      edit("batch-norm", (operation) => ({ ...operation, epsilon: NaN })),
    ),
    `could not map node "Conv2d_0/batch_norm" (BatchNormalization): expected an ε of 0 to 100 in the batch norm of Conv2d_0, found one of NaN (mapped up to there: nothing). The file is broken: export the network again.`,
  ],
  [
    "weights that are not finite",
    withOperation(
      graph,
      "Conv2d_0/batch_norm",
      edit("batch-norm", (operation) => ({ ...operation, mean: new Float32Array(8).fill(NaN) })),
    ),
    `the network is a MobileNet V1, but tensor "Conv2d_0/moving_mean" holds NaN or infinity. Export it again. Check the file that it came from.`,
  ],
  [
    "a variance below zero",
    withOperation(
      graph,
      "Conv2d_0/batch_norm",
      edit("batch-norm", (operation) => ({ ...operation, variance: new Float32Array(8).fill(-1) })),
    ),
    `the network is a MobileNet V1, but batch norm of "Conv2d_0" folds to NaN or infinity: a variance is negative or a value too large. Export the weights again. Check the file that it came from.`,
  ],
  [
    "a branch",
    {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.name === "Conv2d_7_depthwise"
          ? { ...node, inputs: ["Conv2d_6_pointwise", "Conv2d_5_pointwise"] }
          : node,
      ),
    },
    `node "Conv2d_7_depthwise" (Conv) joins 2 branches, and a MobileNet V1 is one chain of layers. Networks with branches, such as MobileNet V2, cannot be read: import a MobileNet V1.`,
  ],
  [
    "a head of two dense layers",
    withNodeBefore(graph, "Predictions", {
      name: "more",
      operator: "Gemm",
      operation: { type: "dense", kernel: { shape: [5, 5], data: new Float32Array(25) } },
    }),
    `could not map node "more" (Gemm): expected nothing but one softmax or sigmoid behind the classifier, found a dense layer from 5 to 5 (mapped up to there: Conv2d_0 to Logits). Export the network up to its logits, or up to one softmax or sigmoid.`,
  ],
  [
    "a convolution in place of the classifier",
    withOperation(graph, "Logits", () => ({ type: "clip", min: 0, max: 6 })),
    `could not map node "Logits" (Gemm): expected the classifier, a dense layer or 1×1 convolution from 256 channels, as Logits, found a clip to 0…6 (mapped up to there: Conv2d_0 to AvgPool). Heads of one global average pool, one dense layer or 1×1 convolution and one softmax or sigmoid are read: export the network with such a head.`,
  ],
  [
    "a mean over rows alone",
    withOperation(graph, "AvgPool", () => ({ type: "average", over: "rows" })),
    `could not map node "Logits" (Gemm): expected an average pool over all 2×2 pixels as AvgPool, found a dense layer from 256 to 5 (mapped up to there: Conv2d_0 to Conv2d_13_pointwise). ${POOL}`,
  ],
  [
    "a loop",
    {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.name === "Conv2d_7_depthwise" ? { ...node, inputs: ["Logits"] } : node,
      ),
    },
    `the file holds no proper network: "Conv2d_7_pointwise" depends on itself. Export the model again.`,
  ],
  [
    "a gap",
    { ...graph, nodes: graph.nodes.filter(({ name }) => name !== "Conv2d_7_depthwise") },
    `the file holds no proper network: nothing computes "Conv2d_7_depthwise/convolved". Export the model again.`,
  ],
  [
    "no result",
    { ...graph, outputs: [] },
    `the file holds no proper network: it names no result. Export the model again.`,
  ],
  [
    "an input that is not square",
    withOperation(
      graph,
      "input",
      edit("input", (operation) => ({ ...operation, width: 32 })),
    ),
    `could not map node "input" (input): expected an input as high as wide, found one of [n, 64, 32, 3] (mapped up to there: nothing). Export the model for square images.`,
  ],
  [
    "grey images",
    withOperation(
      graph,
      "input",
      edit("input", (operation) => ({ ...operation, channels: 1 })),
    ),
    `could not map node "input" (input): expected an input of images [n, height, width, 3], found one of [n, 64, 64, 1] (mapped up to there: nothing). Export the network for RGB images, [n, 3, height, width] or [n, height, width, 3].`,
  ],
  [
    "an open resolution, and none given",
    withOperation(
      graph,
      "input",
      edit("input", (operation) => ({ ...operation, width: null, height: null })),
    ),
    `could not map node "input" (input): expected an input whose height and width are known, found one of [n, ?, ?, 3] (mapped up to there: nothing). Say at which resolution the network is to run, such as 224.`,
  ],
  [
    "a resolution below the family's",
    {
      ...graph,
      nodes: graph.nodes.map((node) => {
        if (node.operation.type === "input")
          return { ...node, operation: { ...node.operation, height: 31, width: 31 } };
        return "padding" in node.operation && "kernel" in node.operation
          ? { ...node, operation: { ...node.operation, padding: "same" } }
          : node;
      }),
    },
    `the network is a MobileNet V1, but resolution is 31. Use a whole number of at least 32, such as 224. Check the file that it came from.`,
  ],
  [
    "a full convolution among separable ones",
    withOperation(conv, "Conv2d_2", () => ({ type: "other", what: "something else" })),
    `could not map node "Conv2d_2" (Conv): expected a convolution 3×3 from 16 to 32…33 channels, stride 2, as Conv2d_2, found something else (mapped up to there: Conv2d_0 to Conv2d_1). ${REMEDY}`,
  ],
];

describe("what is no MobileNet V1 is refused where it stops being one", () => {
  test.for(CASES)("%s", ([, changed, message]) => {
    let error: unknown;
    try {
      mapGraph(changed);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error instanceof Error && error.message).toBe(`[model-files] ${message}`);
  });

  test("the graph that they start from is mapped", () => {
    expect(mapGraph(graph).model).toEqual(createModel(CONFIG));
    expect(mapGraph(graph, { resolution: 64 }).model).toEqual(createModel(CONFIG));
    expect(() => mapGraph(graph, { resolution: 96 })).toThrow(
      'could not map node "input" (input): expected an input of 96×96 pixels, found one of [n, 64, 64, 3]',
    );
  });
});
