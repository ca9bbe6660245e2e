import fc from "fast-check";
import { median } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { RunningMedian } from "../../src/history/running-median.ts";

describe("RunningMedian", () => {
  it("is the median of the last values, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (values, most) => {
          const running = new RunningMedian(most);
          values.forEach((value, i) => {
            running.push(value);
            expect(running.value).toBe(median(values.slice(Math.max(0, i + 1 - most), i + 1)));
          });
        },
      ),
    );
  });

  it("is nothing before the first value", () => {
    expect(new RunningMedian(3).value).toBeUndefined();
  });
});
