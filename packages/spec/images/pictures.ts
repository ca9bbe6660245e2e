import { encode as encodePng } from "fast-png";
import jpeg from "jpeg-js";
import { syntheticImage } from "@mobilenet-bench/spec";

/** The colour of a pixel: red, green, blue and, where there is a fourth, alpha, 0 to 255; one number is grey. */
type Paint = (x: number, y: number) => readonly number[];

/** The small pictures of this folder by file name, each computed pixel by pixel, so that all are ours to give. */
export const PICTURES: Readonly<Record<string, () => Uint8Array>> = {
  "shapes-landscape.png": () => png(160, 120, 3, shapes),
  "checkerboard-grey.png": () => png(96, 96, 1, checkerboard),
  "gradient-portrait.jpg": () => baselineJpeg(96, 144, gradient),
  "disc-alpha.png": () => png(96, 96, 4, disc),
  "noise.jpg": () => baselineJpeg(192, 192, noise(192)),
};

const SKY = [120, 180, 240];
const MEADOW = [70, 140, 60];
const SUN = [250, 210, 60];
const HOUSE = [180, 80, 60];
const DOOR = [60, 40, 30];

function shapes(x: number, y: number): readonly number[] {
  if ((x - 128) ** 2 + (y - 28) ** 2 < 18 ** 2) return SUN;
  if (x >= 52 && x < 64 && y >= 72 && y < 96) return DOOR;
  if (x >= 32 && x < 84 && y >= 56 && y < 96) return HOUSE;
  if (y >= 30 && y < 56 && Math.abs(x - 58) <= y - 30) return DOOR;
  return y < 84 ? SKY : MEADOW;
}

function checkerboard(x: number, y: number): readonly number[] {
  return [(Math.floor(x / 8) + Math.floor(y / 8)) % 2 ? 230 : 25];
}

function gradient(x: number, y: number): readonly number[] {
  return [(255 * x) / 95, (255 * y) / 143, 255 - (255 * x) / 95];
}

/** A red disc whose edge fades out over eight pixels. */
function disc(x: number, y: number): readonly number[] {
  const distance = Math.sqrt((x - 47.5) ** 2 + (y - 47.5) ** 2);
  return [220, 40, 50, 255 * Math.min(1, Math.max(0, (40 - distance) / 8))];
}

/** As rough and as smooth as a photograph: the synthetic input image of the benchmark. */
function noise(side: number): Paint {
  const image = syntheticImage(side);
  return (x, y) =>
    [...image.subarray((y * side + x) * 3, (y * side + x + 1) * 3)].map((v) => (v + 1) * 127.5);
}

function png(width: number, height: number, channels: number, paint: Paint): Uint8Array {
  return encodePng({ width, height, channels, depth: 8, data: rasterize(width, height, channels, paint) });
}

function baselineJpeg(width: number, height: number, paint: Paint): Uint8Array {
  const opaque: Paint = (x, y) => [...paint(x, y), 255];
  return jpeg.encode({ width, height, data: rasterize(width, height, 4, opaque) }, 90).data;
}

function rasterize(width: number, height: number, channels: number, paint: Paint): Uint8Array {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set(
        paint(x, y).map((value) => Math.round(value)),
        (y * width + x) * channels,
      );
  return data;
}
