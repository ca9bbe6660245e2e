import type { OptionSpec } from "@mobilenet-bench/backend";
import { describe, expect, it } from "vitest";
import { AXES, axisValue, parseAxisValue } from "../src/axes.ts";
import { formatCellId, parseCellId } from "../src/cell-id.ts";
import { optionsSchema } from "../src/schema.ts";

const LAYOUT = { description: "of images", default: "nhwc", values: ["nhwc", "nchw"] } satisfies OptionSpec;
const MADE_UP = { ...AXES, layout: LAYOUT, batch: { ...AXES.threads, default: 4 } };
const PLACE = { model: "mobilenet_v1_0.5_128", backend: "ts", target: "node" };

describe("one more row makes one more axis", () => {
  it("whose default ids leave out", () => {
    const options = { layout: "nhwc", batch: 4, threads: 2, simd: "wide" };
    expect(formatCellId({ ...PLACE, options }, MADE_UP)).toBe(
      "mobilenet_v1_0.5_128/ts/node?simd=wide&threads=2",
    );
    const id = "mobilenet_v1_0.5_128/ts/node?batch=1&layout=nhwc";
    expect(parseCellId(id, MADE_UP).options).toEqual({ batch: 1 });
    expect(parseCellId(id).options).toEqual({ batch: 1, layout: "nhwc" });
  });

  it("whose values the schema knows, beside the options of backends", () => {
    const schema = optionsSchema(MADE_UP);
    expect(schema.safeParse({ layout: "nchw", batch: 2, simd: "wide" }).success).toBe(true);
    expect(schema.safeParse({ layout: "chwn" }).success).toBe(false);
    expect(schema.safeParse({ batch: 0 }).success).toBe(false);
    expect(optionsSchema(AXES).safeParse({ layout: "chwn" }).success).toBe(true);
  });
});

it.each([
  [AXES.threads, "2", 2],
  [AXES.threads, "02", 2],
  [AXES.threads, "0", undefined],
  [AXES.threads, "65", undefined],
  [AXES.threads, "1.5", undefined],
  [AXES.threads, "two", undefined],
  [AXES.precision, "fp16", "fp16"],
  [AXES.precision, "fp99", undefined],
])("%o has for %j the value %j", (spec, text, value) => {
  expect(parseAxisValue(spec, text)).toBe(value);
});

it("stands at its default where a cell does not say", () => {
  expect([
    axisValue({}, "threads"),
    axisValue({}, "precision"),
    axisValue({ threads: 2 }, "threads"),
  ]).toEqual([1, "fp32", 2]);
});
