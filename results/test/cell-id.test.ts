import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CellIdError, formatCellId, parseCellId } from "../src/cell-id.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

describe("cell ids", () => {
  it("round-trip: a formatted id parses to the same cell", () => {
    const options = fc.dictionary(word, fc.oneof(fc.nat({ max: 99 }), word), { maxKeys: 4 });
    const model = fc.constantFrom(
      "mobilenet_v1_1.0_224",
      "mobilenet_v1_0.35_61_conv",
      "mobilenet_v1_1.4_33_shallow",
    );
    fc.assert(
      fc.property(fc.record({ model, backend: word, target: word, options }), (key) => {
        const id = formatCellId(key);
        expect(formatCellId(parseCellId(id))).toBe(id);
      }),
    );
  });

  it("sort options and leave defaults out, so that equal cells have equal ids", () => {
    const id = "mobilenet_v1_1_224/wasm/node?threads=1&simd=wide&precision=fp32";
    expect(formatCellId(parseCellId(id))).toBe("mobilenet_v1_1.0_224/wasm/node?simd=wide");
    const options = { threads: 2, simd: "wide" };
    expect(formatCellId({ model: "mobilenet_v1_1.0_224", backend: "wasm", target: "node", options })).toBe(
      "mobilenet_v1_1.0_224/wasm/node?simd=wide&threads=2",
    );
  });

  it("may name a device", () => {
    expect(parseCellId("mobilenet_v1_1.0_224/webgpu/device:pixel-8").target).toBe("device:pixel-8");
  });

  it.each([
    ["", /is no cell id/],
    ["mobilenet_v1_1.0_224", /is no cell id/],
    ["mobilenet_v1_1.0_224/ts/node/more", /is no cell id/],
    ["mobilenet_v1_1.0_224/ts/node?", /is no cell id/],
    ["mobilenet_v1_1.0_224/ts/node?a=1?b=2", /is no cell id/],
    ["mobilenet_v1_1.0_224/../node", /is no name/],
    ["mobilenet_v1_1.0_224/ts/node?threads", /is no option/],
    ["mobilenet_v1_1.0_224/ts/node?threads=2&threads=3", /threads twice/],
    ["mobilenet_v2_1.0_224/ts/node", /is no model/],
    ["mobilenet_v1_0_224/ts/node", /greater than 0/],
  ])("refuse %j", (id, message) => {
    expect(() => parseCellId(id)).toThrow(CellIdError);
    expect(() => parseCellId(id)).toThrow(message);
  });
});
