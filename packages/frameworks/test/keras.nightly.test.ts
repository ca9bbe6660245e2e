import { testModelsOfKeras } from "./support/python-models.ts";

testModelsOfKeras([
  {
    name: "mobilenet_v1_0.25_128",
    alpha: 0.25,
    resolution: 128,
    classes: 1001,
    seed: 1,
    forms: ["keras2", "keras3", "keras3_h5", "graph", "graph_keras2", "onnx", "onnx_keras2"],
  },
  {
    name: "mobilenet_v1_0.5_160",
    alpha: 0.5,
    resolution: 160,
    classes: 1000,
    seed: 2,
    forms: ["keras3_h5", "graph", "onnx"],
  },
  {
    name: "mobilenet_v1_1.0_224",
    alpha: 1,
    resolution: 224,
    classes: 10,
    seed: 3,
    forms: ["keras2", "graph_keras2", "onnx"],
  },
]);
