import { describe, expect, it } from "vitest";
import {
  checkInputLength,
  describeValues,
  InputError,
  MAX_THREADS,
  resolveOptions,
  THREADS,
  UnsupportedError,
  type OptionSpec,
  type OptionSpecs,
} from "../src/index.ts";

const SIMD: OptionSpec = {
  description: "instructions",
  default: "relaxed",
  values: ["baseline", "relaxed", "wide"],
};
/** Its options as callers see them who have names and values from elsewhere. */
const options: OptionSpecs = { threads: THREADS, simd: SIMD };
const backend = { id: "wasm", options };

describe("resolveOptions", () => {
  it("fills in defaults", () => {
    expect(resolveOptions(backend)).toEqual({ threads: 1, simd: "relaxed" });
    expect(resolveOptions(backend, { threads: MAX_THREADS })).toEqual({
      threads: MAX_THREADS,
      simd: "relaxed",
    });
  });

  it.each([0, MAX_THREADS + 1, 1.5, NaN, Infinity, "2", ""])("refuses %o threads", (threads) => {
    expect(() => resolveOptions(backend, { threads })).toThrow(UnsupportedError);
  });

  it.each(["", "Wide", 0])("refuses %o among listed values", (simd) => {
    expect(() => resolveOptions(backend, { simd })).toThrow(
      `[backend-wasm] Option simd cannot be ${simd}. Use baseline, relaxed or wide.`,
    );
  });

  it.each(["precision", "toString", "constructor", "__proto__"])("refuses an option named %s", (name) => {
    expect(() => resolveOptions(backend, Object.fromEntries([[name, 1]]))).toThrow(
      `[backend-wasm] There is no option "${name}". It takes threads, simd.`,
    );
  });

  it("says where a backend takes none", () => {
    const options: OptionSpecs = {};
    expect(() => resolveOptions({ id: "reference", options }, { threads: 2 })).toThrow(
      "It takes none: leave it out.",
    );
  });
});

describe("describeValues", () => {
  it("reads as part of a sentence", () => {
    expect(describeValues(THREADS)).toBe("a whole number from 1 to 64");
    expect(describeValues(SIMD)).toBe("baseline, relaxed or wide");
    expect(describeValues({ ...SIMD, values: ["wide"] })).toBe("wide");
  });
});

describe("checkInputLength", () => {
  it("takes exactly the images of the batch", () => {
    expect(() => checkInputLength(new Float32Array(12), 12)).not.toThrow();
    expect(() => checkInputLength(new Float32Array(36), 12, 3)).not.toThrow();
  });

  it.each([
    [11, 1],
    [13, 1],
    [12, 2],
    [0, 0],
    [12, 0.5],
    [12, NaN],
    [12, -1],
  ])("refuses %i values for a batch of %f", (length, batch) => {
    expect(() => checkInputLength(new Float32Array(length), 12, batch)).toThrow(InputError);
  });
});
