import { createModel, poolLayer, type ComputedLayer } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { layersFor, UnsupportedError, type OperationTable } from "../src/index.ts";

const ALL: Record<ComputedLayer["type"], true> = {
  convolution: true,
  depthwise: true,
  pointwise: true,
  pool: true,
  dense: true,
  "average-pool": true,
  "max-pool": true,
  concatenation: true,
  normalization: true,
  activation: true,
};
const model = createModel({ alpha: 0.25, resolution: 32 });

/** What the backend of this table says of a network. */
function refusal(table: OperationTable, network = model): string {
  try {
    layersFor("toy", network, table);
  } catch (error) {
    if (error instanceof UnsupportedError) return error.message;
    throw error;
  }
  return "";
}

describe("layersFor", () => {
  it("gives all layers up to the classifier to a backend that computes them", () => {
    expect(layersFor("toy", model, ALL)).toEqual(model.layers.slice(0, -1));
  });

  it("refuses an operation that the backend lacks, by the first layer", () => {
    expect(refusal({ ...ALL, depthwise: false })).toBe(
      "[backend-toy] It has no depthwise, which layer Conv2d_1_depthwise is. Use the backend reference, or another network.",
    );
  });

  it("refuses what of an operation the backend lacks", () => {
    const depthwise = ({ stride }: ComputedLayer) => (stride === 2 ? "a stride of 2" : undefined);
    expect(refusal({ ...ALL, depthwise })).toMatch(/no depthwise with a stride of 2, which layer Conv2d_2_/);
  });

  it("refuses layers that are not in a row", () => {
    const [first, second] = model.layers;
    const branch = poolLayer("branch", first!.output, [first!.name]);
    expect(refusal(ALL, { ...model, layers: [first!, second!, branch] })).toMatch(
      /in a row, and layer branch reads Conv2d_0\./,
    );
  });
});
