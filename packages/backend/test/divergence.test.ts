import * as fc from "fast-check";
import { createModel } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { compare, divergence, type Neighbourhood } from "../src/index.ts";

/** [20, 20, 8] */
const layer = createModel({ alpha: 0.1, resolution: 40, classes: 5 }).layers[1]!;
const [height, width, channels] = layer.output;
const size = height * width * channels;

/** All elements are right but one; each is told by its index. */
function wrongAt(index: number, actual = -1) {
  const values = Float64Array.from({ length: size }, (_, i) => i);
  const expected = { values, bound: values.map(() => 0.5), noise: Infinity };
  const output = Float32Array.from(values).with(index, actual - 1);
  return divergence(layer, "fed", output, expected, compare(output, expected));
}

const indexOf = (y: number, x: number, c: number) => (y * width + x) * channels + c;

describe("divergence", () => {
  it("shows the pixels around the worst element, and the channels at it", () => {
    const { position, neighbourhood } = wrongAt(indexOf(3, 4, 5));
    expect(position).toEqual([3, 4, 5]);
    expect(neighbourhood?.rows).toEqual([2, 3, 4]);
    expect(neighbourhood?.columns).toEqual([3, 4, 5]);
    expect(neighbourhood?.channels).toEqual([3, 4, 5, 6, 7]);
    expect(neighbourhood?.plane[1]).toEqual([
      { expected: indexOf(3, 3, 5), actual: indexOf(3, 3, 5) },
      { expected: indexOf(3, 4, 5), actual: -2 },
      { expected: indexOf(3, 5, 5), actual: indexOf(3, 5, 5) },
    ]);
    expect(neighbourhood?.pixel.map(({ actual }) => actual)).toEqual([
      indexOf(3, 4, 3),
      indexOf(3, 4, 4),
      -2,
      indexOf(3, 4, 6),
      indexOf(3, 4, 7),
    ]);
  });

  it.each([
    [
      [0, 0, 0],
      [0, 1],
      [0, 1],
      [0, 1, 2],
    ],
    [
      [height - 1, width - 1, channels - 1],
      [18, 19],
      [18, 19],
      [5, 6, 7],
    ],
    [
      [0, 7, 1],
      [0, 1],
      [6, 7, 8],
      [0, 1, 2, 3],
    ],
  ])("clips what lies outside at %j", ([y, x, c], rows, columns, shown) => {
    const { neighbourhood } = wrongAt(indexOf(y!, x!, c!));
    expect(neighbourhood).toMatchObject({ rows, columns, channels: shown });
    expect(neighbourhood?.plane.map((row) => row.length)).toEqual(rows.map(() => columns.length));
  });

  it("shows elements where they are, anywhere", () => {
    fc.assert(
      fc.property(fc.nat(size - 1), (index) => {
        const { neighbourhood, position } = wrongAt(index);
        const [y, x, c] = position!;
        expect(isInPlace(neighbourhood!, y, x, c)).toBe(true);
      }),
    );
  });

  it("has neither place nor neighbours where the length is wrong", () => {
    const expected = { values: new Float64Array(size), bound: new Float64Array(size), noise: 0 };
    const actual = new Float32Array(3);
    const found = divergence(layer, "chained", actual, expected, compare(actual, expected));
    expect(Object.keys(found).toSorted()).toEqual(["bound", "layer", "mode", "reason"]);
    expect(found.reason).toBe(
      `Layer Conv2d_1_depthwise is wrong (chained): There are 3 values instead of ${size}.`,
    );
  });
});

function isInPlace(
  { rows, columns, plane, channels, pixel }: Neighbourhood,
  y: number,
  x: number,
  c: number,
) {
  return (
    rows.every((row, i) =>
      columns.every((column, j) => plane[i]![j]!.expected === indexOf(row, column, c)),
    ) && channels.every((channel, i) => pixel[i]!.expected === indexOf(y, x, channel))
  );
}
