import { FLOAT32 } from "@mobilenet-bench/backend";
import { parseModelName } from "@mobilenet-bench/spec";
import { expect, it } from "vitest";
import { computeExpected } from "../src/run/expected.ts";
import { whyCellTooLarge, whyTooLarge } from "../src/run/too-large.ts";

const MODEL = parseModelName("mobilenet_v1_1.0_224");
/** Kernels, and 112×112×64 values into the depthwise layer of the second block beside 112×112×32 from the first. */
const NEEDED = (MODEL.params + 112 * 112 * (32 + 64)) * 4;

it("holds a model that just fits", () => {
  expect(whyTooLarge(MODEL, { bytes: NEEDED, arrayBytes: Infinity })).toBeUndefined();
  expect(whyTooLarge(MODEL, { bytes: NEEDED - 1, arrayBytes: Infinity })).toEqual({
    status: "oom",
    reason:
      "mobilenet_v1_1.0_224 is too large for memory: it needs at least 0.0217 GB, and there are 0.0217 GB here.",
    remedy: "Choose a smaller α or resolution.",
  });
});

it("holds every layer in one array", () => {
  const longest = Math.max(112 * 112 * 64, 1024 * 1024);
  expect(whyTooLarge(MODEL, { bytes: Infinity, arrayBytes: longest * 4 })).toBeUndefined();
  expect(whyTooLarge(MODEL, { bytes: Infinity, arrayBytes: longest * 4 - 1 })?.reason).toMatch(
    /one array holds/,
  );
});

it("knows the memory of this machine", () => {
  expect(whyTooLarge(MODEL)).toBeUndefined();
  expect(whyTooLarge(parseModelName("mobilenet_v1_2000_224"))?.status).toBe("oom");
});

it.each(["wasm", "tfjs-wasm", "ort-wasm"])(
  "holds all that %s needs in one memory of WebAssembly",
  (backend) => {
    const endless = { bytes: Infinity, arrayBytes: Infinity };
    const why = (model: string, of = backend) =>
      whyCellTooLarge({ network: parseModelName(model), backend: of }, endless);
    expect(why("mobilenet_v1_18_224")).toBeUndefined();
    expect(why("mobilenet_v1_20_224")).toEqual({
      status: "oom",
      reason:
        "mobilenet_v1_20.0_224 is too large for memory: it needs at least 5.21 GB, and one memory of WebAssembly holds 4.29 GB.",
      remedy: "Choose a smaller α or resolution, or a backend that is none of WebAssembly.",
    });
    for (const other of ["ts", "ort-node", "from-outside"])
      expect(why("mobilenet_v1_20_224", other)).toBeUndefined();
  },
);

it("computes no reference of a model that no memory holds", async () => {
  const model = parseModelName("mobilenet_v1_2000_224");
  await expect(computeExpected(model, { seed: 1 }, FLOAT32)).rejects.toMatchObject({
    failure: { status: "oom", reason: expect.stringContaining("is too large for memory") },
  });
});
