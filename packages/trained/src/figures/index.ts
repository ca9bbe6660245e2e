import { arrow, cross, pentagon, square, star, triangle } from "./angular.ts";
import type { Figure } from "./figure.ts";
import { crescent, disc, drop, ellipse, halfDisc, heart, ring, spiral } from "./round.ts";
import { checkerboard, stripes } from "./textures.ts";

/** By class name, in the order of the labels. */
export const FIGURES: Readonly<Record<string, Figure>> = {
  disc,
  ellipse,
  ring,
  spiral,
  crescent,
  "half-disc": halfDisc,
  heart,
  drop,
  triangle,
  square,
  pentagon,
  star,
  cross,
  arrow,
  stripes,
  checkerboard,
};
