import fc from "fast-check";
import onnxProto, { type onnx } from "onnx-proto";
import { describe, expect, test } from "vitest";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, foldBatchNorm, generateWeights, type Layer } from "@mobilenet-bench/spec";
import { runs } from "./support/runs.ts";

/** Generating weights is what takes time: narrow ones. */
const models = fc
  .record({
    alpha: fc.constantFrom(0.05, 0.1, 0.25, 0.3),
    resolution: fc.integer({ min: 32, max: 70 }),
    classes: fc.integer({ min: 1, max: 9 }),
    conv: fc.boolean(),
    shallow: fc.boolean(),
  })
  .map(createModel);
const TIMEOUT_MS = 60_000;

describe("exportOnnx", () => {
  test("states opset, format and the NHWC input, with the batch open", () => {
    const model = createModel({ alpha: 0.25, resolution: 40, classes: 7 });
    const { irVersion, opsetImport, graph } = decode(exportOnnx(model, generateWeights(model)));
    expect(Number(irVersion)).toBe(8);
    expect(opsetImport?.map(({ domain, version }) => [domain, Number(version)])).toEqual([["", 17]]);
    expect(graph?.name).toBe("mobilenet_v1_0.25_40");
    expect(graph?.input?.map(dimensions)).toEqual([["N", 40, 40, 3]]);
    expect(graph?.output?.map(({ name }) => name)).toEqual(["Logits"]);
    expect(graph?.output?.map(dimensions)).toEqual([["N", 7]]);
  });

  test(
    "writes every layer under its name, with its stride, padding and groups",
    { timeout: TIMEOUT_MS },
    () => {
      fc.assert(
        fc.property(models, (model) => {
          const { graph } = decode(exportOnnx(model, generateWeights(model)));
          const nodes = new Map(graph?.node?.map((node) => [node.name, node]));
          for (const layer of model.layers.filter(({ type }) => type !== "softmax")) {
            const node = nodes.get(layer.name);
            expect(node?.output).toEqual([layer.activation === "none" ? layer.name : `${layer.name}/linear`]);
            if (node?.opType === "Conv") expect(attributes(node)).toEqual(convolution(layer));
          }
          expect(nodes.has("Predictions")).toBe(false);
        }),
        runs(7, 20),
      );
    },
  );

  test(
    "holds the folded kernels, the output channel first, biases beside them",
    { timeout: TIMEOUT_MS },
    () => {
      fc.assert(
        fc.property(models, fc.nat(), (model, seed) => {
          const weights = generateWeights(model);
          const folded = foldBatchNorm(model, weights);
          const { graph } = decode(exportOnnx(model, weights));
          const constants = new Map(graph?.initializer?.map((tensor) => [tensor.name, floats(tensor)]));
          const layers = model.layers.filter(({ name }) => folded.has(name));
          const layer = layers[seed % layers.length];
          if (!layer) throw new Error("A model without layers.");
          const expected = folded.get(layer.name);
          expect(constants.get(`${layer.name}/biases`)).toEqual(expected?.bias);
          const stored = constants.get(`${layer.name}/weights`);
          expect(stored?.length).toBe(layer.params);
          const at = seed % layer.params;
          expect(stored?.[onnxIndex(layer, at)]).toBe(expected?.kernel[at]);
        }),
        runs(10, 30),
      );
    },
  );

  test("ends with softmax, fixes the batch and keeps batch norm where asked", () => {
    const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
    const weights = generateWeights(model);
    const { graph } = decode(exportOnnx(model, weights, { softmax: true, batch: 4, batchNorm: true }));
    expect(graph?.input?.map(dimensions)).toEqual([[4, 32, 32, 3]]);
    expect(graph?.output?.map(({ name }) => name)).toEqual(["Predictions"]);
    const batchNorms = graph?.node?.filter(({ opType }) => opType === "BatchNormalization") ?? [];
    expect(batchNorms).toHaveLength(27);
    expect(batchNorms[0]?.attribute?.[0]?.f).toBeCloseTo(weights.epsilon, 9);
    const kernel = graph?.initializer?.find(({ name }) => name === "Conv2d_13_pointwise/moving_variance");
    expect(kernel && floats(kernel)).toEqual(
      weights.tensors.get("Conv2d_13_pointwise/moving_variance")?.data,
    );
  });

  test("refuses the weights of another model", () => {
    const model = createModel({ alpha: 0.1, resolution: 32 });
    const other = generateWeights(createModel({ alpha: 0.25, resolution: 32 }));
    expect(() => exportOnnx(model, other)).toThrow(/belong to another model/);
    expect(() => exportOnnx(model, other, { batchNorm: true })).toThrow(/belong to another model/);
  });
});

function decode(bytes: Uint8Array): onnx.IModelProto {
  return onnxProto.onnx.ModelProto.decode(bytes);
}

function dimensions({ type }: onnx.IValueInfoProto) {
  return type?.tensorType?.shape?.dim?.map(({ dimParam, dimValue }) => dimParam || Number(dimValue));
}

function attributes({ attribute }: onnx.INodeProto) {
  return Object.fromEntries(
    attribute?.map(({ name, i, ints }) => [name, ints?.length ? ints.map(Number) : Number(i)]) ?? [],
  );
}

function convolution({ kernel, stride, padding, type, input }: Layer) {
  return {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [padding.top, padding.left, padding.bottom, padding.right],
    group: type === "depthwise" ? input[2] : 1,
  };
}

function floats({ rawData }: onnx.ITensorProto): Float32Array {
  return new Float32Array(Uint8Array.from(rawData ?? []).buffer);
}

/** Where element `at` of the spec's kernel stands in ONNX's. */
function onnxIndex({ type, kernel, input, output }: Layer, at: number): number {
  if (type === "dense") return at;
  const channels = output[2];
  const depth = type === "depthwise" ? 1 : input[2];
  const channel = at % channels;
  const d = Math.floor(at / channels) % depth;
  const tap = Math.floor(at / channels / depth);
  return (channel * depth + d) * kernel * kernel + tap;
}
