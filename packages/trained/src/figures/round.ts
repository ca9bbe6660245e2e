import { between } from "../random.ts";
import {
  box,
  corners,
  disc as discAt,
  intersection,
  length,
  polygon,
  segmentDistance,
  union,
} from "./figure.ts";
import type { Figure } from "./figure.ts";

export const disc: Figure = { outline: false, make: () => discAt(0, 0, 0.9) };

export const ellipse: Figure = {
  outline: true,
  make: (next) => {
    const height = between(next, 0.55, 0.78);
    return (x, y) => {
      // First-order distance: the value of the implicit form over the length of its gradient.
      const value = length(x, y / height);
      const gradient = length(x, y / (height * height));
      return gradient === 0 ? -height : (value * (value - 1)) / gradient;
    };
  },
};

export const ring: Figure = {
  outline: false,
  make: (next) => {
    const half = between(next, 0.09, 0.24);
    return (x, y) => Math.abs(length(x, y) - 0.95 + half) - half;
  },
};

export const crescent: Figure = {
  outline: true,
  make: (next) => {
    const bite = discAt(between(next, 0.4, 0.62), 0, 0.85);
    const whole = discAt(0, 0, 0.98);
    return (x, y) => Math.max(whole(x, y), -bite(x, y));
  },
};

export const halfDisc: Figure = {
  outline: true,
  make: () => intersection(discAt(0, 0.42, 0.98), (_, y) => y - 0.42),
};

/** A square on its corner with a disc on each of its upper edges. */
export const heart: Figure = {
  outline: true,
  make: (next) => {
    const half = between(next, 0.46, 0.54);
    const shape = union(box(half, half), discAt(-half, 0, half), discAt(0, -half, half));
    const diagonal = Math.sqrt(0.5);
    return (x, y) => {
      const lowered = y - 0.2;
      return shape((x + lowered) * diagonal, (lowered - x) * diagonal);
    };
  },
};

/** A disc and its two tangents from a point. */
export const drop: Figure = {
  outline: true,
  make: (next) => {
    const radius = between(next, 0.5, 0.62);
    const [tip, centre] = [-1, 0.95 - radius];
    const sine = radius / (centre - tip);
    const cosine = Math.sqrt(1 - sine * sine);
    const touchY = centre - radius * sine;
    return union(
      discAt(0, centre, radius),
      polygon([
        [0, tip],
        [radius * cosine, touchY],
        [-radius * cosine, touchY],
      ]),
    );
  },
};

const SPIRAL_STEPS_PER_TURN = 12;
/** Cosine and sine of a twelfth of a turn. */
const TWELFTH = [0.8660254037844386, 0.5] as const;

/** Archimedes' spiral as a line of short straight pieces; either hand. */
export const spiral: Figure = {
  outline: false,
  make: (next) => {
    const steps = Math.floor(between(next, 1.7, 2.6) * SPIRAL_STEPS_PER_TURN);
    const half = between(next, 0.06, 0.12);
    const hand = next() < 0 ? -1 : 1;
    const directions = corners(SPIRAL_STEPS_PER_TURN, TWELFTH);
    const points = Array.from({ length: steps + 1 }, (_, i) => {
      const [x, y] = directions[i % SPIRAL_STEPS_PER_TURN] ?? [0, 0];
      const radius = (i / steps) * (0.98 - half);
      return [x * radius * hand, y * radius] as const;
    });
    return (x, y) => {
      let nearest = Infinity;
      for (let i = 1; i < points.length; i++)
        nearest = Math.min(nearest, segmentDistance(x, y, points[i - 1] ?? [0, 0], points[i] ?? [0, 0]));
      return nearest - half;
    };
  },
};
