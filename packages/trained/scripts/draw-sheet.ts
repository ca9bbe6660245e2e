import { writeFile } from "node:fs/promises";
import { encode } from "jpeg-js";
import { CLASSES, drawPicture } from "@mobilenet-bench/trained";

/** Draws the contact sheet again: a row for each class, pictures of the held-out split. */
const RESOLUTION = 64;
const COLUMNS = 8;
const GAP = 2;
const QUALITY = 50;
const OPAQUE_WHITE = 255;

const cell = RESOLUTION + GAP;
const width = COLUMNS * cell + GAP;
const height = CLASSES.length * cell + GAP;
const data = new Uint8Array(width * height * 4).fill(OPAQUE_WHITE);
for (let i = 0; i < COLUMNS * CLASSES.length; i++) {
  const { label, pixels } = drawPicture("held-out", i, RESOLUTION);
  const [left, top] = [GAP + Math.floor(i / CLASSES.length) * cell, GAP + label * cell];
  for (let y = 0; y < RESOLUTION; y++)
    for (let x = 0; x < RESOLUTION; x++) {
      const from = (y * RESOLUTION + x) * 3;
      data.set(pixels.subarray(from, from + 3), ((top + y) * width + left + x) * 4);
    }
}
const { data: jpeg } = encode({ width, height, data }, QUALITY);
await writeFile(process.argv[2] ?? new URL("../pictures.jpg", import.meta.url), jpeg);
