import { describe, expect, test } from "vitest";
import {
  computedLayers,
  convolutionLayer,
  createModel,
  createNetwork,
  findLayer,
  INPUT,
  poolLayer,
  softmaxLayer,
  SpecError,
  type Shape,
} from "@mobilenet-bench/spec";

const IMAGE: Shape = [8, 8, 3];
const first = convolutionLayer({
  name: "first",
  type: "convolution",
  kernel: 3,
  stride: 2,
  input: IMAGE,
  channels: 5,
});

describe("a network", () => {
  test("counts its layers and ends with the last", () => {
    const network = createNetwork("toy", IMAGE, [first, poolLayer("pool", first.output, ["first"])]);
    expect(network).toMatchObject({
      name: "toy",
      output: "pool",
      multAdds: first.multAdds,
      params: 3 * 3 * 3 * 5,
    });
  });

  test("lets several layers read the same", () => {
    const layers = [
      first,
      poolLayer("left", first.output, ["first"]),
      poolLayer("right", first.output, ["first"]),
    ];
    expect(createNetwork("toy", IMAGE, layers).layers).toHaveLength(3);
  });

  test.each([
    ["two layers of one name", [first, first], /two layers "first"\. Give each/],
    ["a layer called like the input", [{ ...first, name: INPUT }], /two layers "input"/],
    [
      "a layer that stands later",
      [poolLayer("pool", [4, 4, 5], ["first"]), first],
      /reads "first".*before it/,
    ],
    ["another shape", [first, poolLayer("pool", [4, 4, 6], ["first"])], /takes \[4, 4, 6\].*is \[4, 4, 5\]/],
    ["no layer", [], /has no layer/],
  ])("refuses %s", (_, layers, message) => {
    const create = () => createNetwork("toy", IMAGE, layers);
    expect(create).toThrow(SpecError);
    expect(create).toThrow(message);
  });
});

test("all but the softmax is computed by sessions", () => {
  const model = createModel({ alpha: 0.25, resolution: 32 });
  expect(computedLayers(model)).toEqual(model.layers.slice(0, -1));
  const alone = softmaxLayer("softmax", [1, 1, 3]);
  expect(computedLayers({ layers: [first, alone] })).toEqual([first]);
});

test("a layer is found by its name", () => {
  const model = createModel({ alpha: 0.25, resolution: 32 });
  expect(findLayer(model, "AvgPool")).toBe(model.layers.at(-3));
  expect(findLayer(model, "Avg")).toBeUndefined();
});
