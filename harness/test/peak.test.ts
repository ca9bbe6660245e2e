import { expect, it } from "vitest";
import { PEAK_STYLES, peakRecord, measurePeaks } from "../src/peak/peak.ts";
import { scalarJavaScript } from "../src/peak/scalar-javascript.ts";

it("counts in the scalar kernel, so that a run that did nothing is noticed", () => {
  const kernel = scalarJavaScript();
  kernel.run(1234);
  expect(kernel.verify()).toBe(true);
  const idle = scalarJavaScript();
  expect(idle.verify()).toBe(false);
});

it("measures or explains every style, and WebAssembly beats scalar code", async () => {
  const peaks = await measurePeaks();
  expect(peaks.map(({ style }) => style)).toEqual(Object.keys(PEAK_STYLES));
  const rates = peakRecord(peaks);
  expect(rates["wasm-baseline"]).toBeGreaterThan(rates["scalar-js"] ?? Infinity);
});
