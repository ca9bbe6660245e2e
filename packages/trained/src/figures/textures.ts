import type { Uniform } from "@mobilenet-bench/spec";
import { between } from "../random.ts";
import { box, disc, intersection, type Distance, type Figure } from "./figure.ts";

/** What a texture fills: its outline says nothing about the class. */
function pane(next: Uniform): Distance {
  return next() < 0 ? disc(0, 0, 0.98) : box(0.78, 0.78);
}

/** Distance to the nearest line of a grid of parallels, positive and negative in turn. */
function alternate(position: number, width: number): number {
  const band = Math.floor(position / width);
  const within = position - band * width;
  const distance = Math.min(within, width - within);
  return band % 2 === 0 ? distance : -distance;
}

export const stripes: Figure = {
  outline: false,
  make: (next) => {
    const width = between(next, 0.19, 0.34);
    const phase = between(next, 0, 1);
    return intersection(pane(next), (x) => alternate(x + phase, width));
  },
};

export const checkerboard: Figure = {
  outline: false,
  make: (next) => {
    const width = between(next, 0.26, 0.44);
    const [phaseX, phaseY] = [between(next, 0, 1), between(next, 0, 1)];
    return intersection(pane(next), (x, y) => {
      const [across, down] = [alternate(x + phaseX, width), alternate(y + phaseY, width)];
      const distance = Math.min(Math.abs(across), Math.abs(down));
      return across > 0 === down > 0 ? distance : -distance;
    });
  },
};
