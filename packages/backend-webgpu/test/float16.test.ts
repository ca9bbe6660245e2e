import fc from "fast-check";
import { expect, it } from "vitest";
import { fromFloat16, toFloat16 } from "../src/float16.ts";

it("keeps every binary16 number", () => {
  const bits = Uint16Array.from({ length: 1 << 16 }, (_, i) => i);
  const values = fromFloat16(bits);
  for (const [i, again] of toFloat16(values).entries())
    if (Number.isNaN(values[i]!)) expect(Number.isNaN(fromFloat16(Uint16Array.of(again))[0]!)).toBe(true);
    else expect(again).toBe(i);
});

it("rounds to the nearest, ties to even", () => {
  const float = fc.oneof(
    fc.float({ noNaN: true, min: -70_000, max: 70_000 }),
    fc.float({ noNaN: true, min: Math.fround(-2e-4), max: Math.fround(2e-4) }),
  );
  fc.assert(
    fc.property(float, (value) => {
      const [rounded] = fromFloat16(toFloat16(Float32Array.of(value)));
      // Halves are 2^-24 apart below 2^-14; above, eleven digits count.
      const magnitude = Math.abs(value);
      const step = 2 ** (Math.max(-14, Math.floor(Math.log2(magnitude || 1e-9))) - 10);
      const nearest = Math.floor(magnitude / step);
      const rest = magnitude / step - nearest;
      const up = rest > 0.5 || (rest === 0.5 && nearest % 2 === 1);
      const expected = (nearest + (up ? 1 : 0)) * step;
      expect(Math.abs(rounded!)).toBe(expected > 65_504 ? Infinity : expected);
      expect(Object.is(Math.sign(rounded!), -0) || rounded! < 0).toBe(Object.is(value, -0) || value < 0);
    }),
    { numRuns: 2000 },
  );
});

it("knows NaN and infinity", () => {
  expect([...fromFloat16(toFloat16(Float32Array.of(NaN, Infinity, -Infinity, 65_520, 65_519)))]).toEqual([
    NaN,
    Infinity,
    -Infinity,
    Infinity,
    65_504,
  ]);
});
