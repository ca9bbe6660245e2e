import { parseModelName } from "@mobilenet-bench/spec";
import { expect, it } from "vitest";
import { whyTooLarge } from "../src/run/too-large.ts";

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
