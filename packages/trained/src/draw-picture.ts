import type { Uniform } from "@mobilenet-bench/spec";
import { backdrop } from "./backdrop.ts";
import { Canvas, type Colour, type Placement } from "./canvas.ts";
import { colourAgainst, lighterColour } from "./colour.ts";
import { box, disc, outlineOf, type Distance, type Figure } from "./figures/figure.ts";
import { FIGURES } from "./figures/index.ts";
import { between, chance, direction } from "./random.ts";
import { pictureRandom, type Split } from "./split.ts";

/** What the pictures show, in the order of the labels. */
export const CLASSES: readonly string[] = Object.keys(FIGURES);
const FIGURE_LIST: readonly Figure[] = Object.values(FIGURES);

export interface LabelledPicture {
  /** An index into {@link CLASSES}. */
  readonly label: number;
  /** [resolution, resolution, 3], red, green, blue */
  readonly pixels: Uint8Array;
}

/**
 * Draws one picture: a figure of its class among smaller bits of others, partly covered, in random colours, more or
 * less sharp. The same split and index give the same scene at every resolution and the same bytes on every engine:
 * beyond whole numbers, only +, −, ×, ÷, √, rounding and comparison are used, which IEEE 754 rounds exactly.
 * @param resolution side in pixels
 * @throws RangeError where there is no such picture or the resolution is no whole number of pixels
 */
export function drawPicture(split: Split, index: number, resolution: number): LabelledPicture {
  if (!Number.isInteger(resolution) || resolution < 1)
    throw new RangeError(`[trained] resolution is ${resolution}. Use a whole number of pixels, such as 64.`);
  const next = pictureRandom(split, index);
  const label = pictureLabel(index);
  const canvas = new Canvas(resolution);
  const scene = setScene(canvas, next);
  const placement = place(next, between(next, 0.42 - 0.18 * scene.hardness, 0.44));
  scatter(scene);
  const colour = lighterColour(scene.ground, next, 0.5 - 0.36 * scene.hardness, 0.8);
  canvas.lay(shape(FIGURE_LIST[label]!, next), placement, scene.softness, colour);
  if (chance(next, scene.hardness)) cover(scene, placement);
  addNoise(scene);
  return { label, pixels: canvas.toBytes() };
}

/** Labels go round: every run of as many pictures as there are classes has one of each. */
export function pictureLabel(index: number): number {
  return index % CLASSES.length;
}

/** What the parts of a picture have in common. */
interface Scene {
  readonly canvas: Canvas;
  readonly next: Uniform;
  /** 0…1: how far size, contrast, sharpness, grain, clutter and cover may go. */
  readonly hardness: number;
  /** The colour around which the background lies. */
  readonly ground: Colour;
  /** Over which edges fade, as a fraction of the side; at the resolution 64 at least a pixel. */
  readonly softness: number;
}

function setScene(canvas: Canvas, next: Uniform): Scene {
  const hardness = between(next, 0, 1);
  const ground = backdrop(canvas, next);
  return { canvas, next, hardness, ground, softness: between(next, 1, 1.5 + 4 * hardness) / 64 };
}

/**
 * The picture as the network takes it.
 * @returns NHWC [resolution, resolution, 3], values in [−1, 1]
 */
export function pictureInput(split: Split, index: number, resolution: number): Float32Array {
  return Float32Array.from(drawPicture(split, index, resolution).pixels, (value) => value / 127.5 - 1);
}

/** Anywhere, as long as the centre is well inside: an edge of the figure may be cut off. */
function place(next: Uniform, radius: number): Placement {
  const margin = radius * 0.75;
  return {
    radius,
    x: between(next, margin, 1 - margin),
    y: between(next, margin, 1 - margin),
    turn: direction(next),
    stretch: between(next, 0.93, 1.07),
  };
}

/** The figure, filled or as a line. */
function shape({ make, outline }: Figure, next: Uniform): Distance {
  const filled = make(next);
  const thickness = between(next, 0.14, 0.3);
  return chance(next, 0.25) && outline ? outlineOf(filled, thickness) : filled;
}

/** Small figures of any class around and behind the one that counts. */
function scatter({ canvas, next, hardness, ground, softness }: Scene) {
  const count = Math.floor(between(next, 0, 1 + 6 * hardness));
  for (let i = 0; i < count; i++) {
    const figure = FIGURE_LIST[Math.floor(between(next, 0, FIGURE_LIST.length))]!;
    const radius = between(next, 0.05, 0.11);
    const [x, y] = [between(next, 0, 1), between(next, 0, 1)];
    const placement: Placement = { radius, x, y, turn: direction(next), stretch: 1 };
    canvas.lay(shape(figure, next), placement, softness, colourAgainst(ground, next, 0.1, 0.6));
  }
}

/** A bar across the figure, or a blot on its edge. */
function cover({ canvas, next, ground, softness }: Scene, { x, y, radius }: Placement) {
  const turn = direction(next);
  const [acrossX, acrossY] = direction(next);
  const offset = radius * between(next, 0.1, 0.9);
  const centre = { x: x + acrossX * offset, y: y + acrossY * offset, turn, stretch: 1 };
  const colour = colourAgainst(ground, next, 0, 0.7);
  if (chance(next, 0.5)) {
    const bar = box(1, between(next, 0.04, 0.09));
    canvas.lay(bar, { ...centre, radius: 1 }, softness, colour);
  } else {
    const blot = { ...centre, radius: radius * between(next, 0.25, 0.5) };
    canvas.lay(disc(0, 0, 0.95), blot, softness, colour);
  }
}

/** Grain: two numbers added, so that small values are likelier than large ones. */
function addNoise({ canvas: { values }, next, hardness }: Scene) {
  const amplitude = between(next, 0, 0.04 + 0.16 * hardness);
  for (let i = 0; i < values.length; i++) values[i]! += amplitude * (next() + next());
}
