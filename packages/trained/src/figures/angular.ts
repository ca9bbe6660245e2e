import { between } from "../random.ts";
import { box, corners, polygon, union, type Figure, type Point } from "./figure.ts";

/** Cosine and sine of a third, a fifth and a tenth of a turn. */
const THIRD = [-0.5, 0.8660254037844386] as const;
const FIFTH = [0.30901699437494745, 0.9510565162951535] as const;
const TENTH = [0.8090169943749475, 0.5877852522924731] as const;

export const square: Figure = {
  outline: true,
  make: (next) => box(0.74, 0.74 * between(next, 0.92, 1.08)),
};

export const triangle: Figure = { outline: true, make: () => polygon(corners(3, THIRD)) };

export const pentagon: Figure = { outline: true, make: () => polygon(corners(5, FIFTH)) };

export const star: Figure = {
  outline: true,
  make: (next) => {
    const inner = between(next, 0.4, 0.62);
    return polygon(
      corners(10, TENTH).map(([x, y], i): Point => (i % 2 === 0 ? [x, y] : [x * inner, y * inner])),
    );
  },
};

export const cross: Figure = {
  outline: true,
  make: (next) => {
    const half = between(next, 0.17, 0.34);
    return union(box(0.95, half), box(half, 0.95));
  },
};

export const arrow: Figure = {
  outline: true,
  make: (next) => {
    const shaft = between(next, 0.12, 0.28);
    const head = between(next, 0.5, 0.78);
    const neck = between(next, -0.3, 0.1);
    return polygon([
      [0, -1],
      [head, neck],
      [shaft, neck],
      [shaft, 0.95],
      [-shaft, 0.95],
      [-shaft, neck],
      [-head, neck],
    ]);
  },
};
