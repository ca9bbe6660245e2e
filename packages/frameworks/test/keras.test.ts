import { testModelsOfKeras } from "./support/python-models.ts";

/** One of each kind of file; larger networks, and the files of both lines of Keras, are tried in the nightly run. */
testModelsOfKeras([
  {
    name: "mobilenet_v1_0.25_64",
    alpha: 0.25,
    resolution: 64,
    classes: 10,
    seed: 1,
    forms: ["keras2", "keras3_h5", "graph", "onnx"],
  },
]);
