import * as fc from "fast-check";
import { expect, it } from "vitest";
import { memorySchema, mostMemory, type Memory } from "@mobilenet-bench/results";

const bytes = fc.nat();
const readings: fc.Arbitrary<Memory[]> = fc.array(
  fc.record(
    { peakRssBytes: bytes, wasmBytes: bytes, gpuBytes: bytes, pageBytes: bytes },
    { requiredKeys: [] },
  ),
);

it("takes the most of each kind, and tells no kind that nobody told", () => {
  fc.assert(
    fc.property(readings, (told) => {
      const most = mostMemory(told) ?? {};
      for (const kind of memorySchema.keyof().options) {
        const values = told.flatMap((reading) => reading[kind] ?? []);
        expect(most[kind]).toBe(values.length === 0 ? undefined : Math.max(...values));
      }
    }),
  );
  expect(mostMemory([{}, {}])).toBeUndefined();
});
