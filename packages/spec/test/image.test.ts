import { encode } from "fast-png";
import { describe, expect, test } from "vitest";
import { loadImage } from "@mobilenet-bench/spec/image";
import { handMadePng, paintJpeg, paintRgb } from "./hand-made.ts";

const WHOLE = { centralFraction: 1 };

/** The values as bytes again. */
async function load(bytes: Uint8Array, resolution: number, options = WHOLE): Promise<number[]> {
  return Array.from(await loadImage(bytes, resolution, options), (value) => (value + 1) * 127.5);
}

function near(values: readonly number[], digits = 4): unknown[] {
  return values.map((value) => expect.closeTo(value, digits));
}

function plain(pixels: number): number[] {
  return Array.from({ length: pixels }, () => [10, 20, 30]).flat();
}

describe("exact values", () => {
  const pixels = [255, 0, 0, 0, 255, 0, 0, 0, 255, 51, 102, 204];
  const quad = handMadePng({ width: 2, height: 2, data: pixels });

  test("bytes become −1 to 1, row by row, channels last", async () => {
    const input = await loadImage(quad, 2, WHOLE);
    expect(input).toBeInstanceOf(Float32Array);
    expect([...input]).toEqual(near(pixels.map((byte) => byte / 127.5 - 1)));
  });

  test("shrinking to a pixel is the mean", async () => {
    expect(await load(quad, 1)).toEqual(near([76.5, 89.25, 114.75]));
  });

  test("shrinking by a whole number leaves no pixel out: a checkerboard becomes grey", async () => {
    const side = 16;
    const data = Array.from({ length: side * side }, (_, i) =>
      ((i % side) + Math.floor(i / side)) % 2 ? 255 : 0,
    );
    const output = await load(handMadePng({ width: side, height: side, channels: 1, data }), 4);
    // The centre's triangle is whole; the border's are cut.
    expect(output.slice((1 * 4 + 1) * 3, (1 * 4 + 2) * 3)).toEqual(near([127.5, 127.5, 127.5], 0));
    for (const value of output) expect(Math.abs(value - 127.5)).toBeLessThan(3);
  });

  test("shrinking weighs with a triangle as wide as the factor: a thin line is not lost", async () => {
    const row = Array.from({ length: 16 }, (_, x) => (x === 4 ? 255 : 0));
    const data = Array.from({ length: 16 }, () => row).flat();
    const output = await load(handMadePng({ width: 16, height: 16, channels: 1, data }), 4);
    // The line is 2.5 pixels from the first output's centre, 1.5 from the second's, of 4; the first's triangle
    // is cut by the border and sums to 3.5.
    const expected = [(255 * 0.375) / 3.5, (255 * 0.625) / 4, 0, 0].flatMap((value) => [value, value, value]);
    expect(output).toEqual(near([...expected, ...expected, ...expected, ...expected]));
  });

  test("enlarging interpolates between pixel centres and repeats the border", async () => {
    const ramp = handMadePng({ width: 2, height: 2, channels: 1, data: [0, 200, 0, 200] });
    const row = [0, 50, 150, 200].flatMap((value) => [value, value, value]);
    expect(await load(ramp, 4)).toEqual(near([...row, ...row, ...row, ...row]));
  });

  test("a picture of one colour stays of that colour at any size", async () => {
    const picture = handMadePng({ width: 37, height: 23, data: plain(37 * 23) });
    for (const resolution of [1, 7, 23, 50, 96]) {
      const output = await load(picture, resolution, { centralFraction: 0.875 });
      expect(output).toEqual(near(plain(resolution ** 2)));
    }
  });
});

function slope(x: number, y: number) {
  return [x * 4, y * 4, 255 - x * 2 - y * 2] as const;
}

/** Every pixel tells its own column and row. */
function coordinates(width: number, height: number): Uint8Array {
  return handMadePng({ width, height, data: paintRgb(width, height, (x, y) => [x, y, 0]) });
}

describe("formats", () => {
  const grey = [0, 85, 170, 255];
  const expected = grey.flatMap((value) => [value, value, value]);

  test("greyscale of every depth that PNG has", async () => {
    const square = { width: 2, height: 2, channels: 1 } as const;
    expect(await load(handMadePng({ ...square, data: grey }), 2)).toEqual(near(expected));
    expect(await load(handMadePng({ ...square, depth: 16, data: grey.map((v) => v * 257) }), 2)).toEqual(
      near(expected),
    );
    // Two samples of two bits per row, from the left: 0 1, then 2 3.
    expect(await load(handMadePng({ ...square, depth: 2, data: [0b0001_0000, 0b1011_0000] }), 2)).toEqual(
      near(expected),
    );
    // Of one bit: black, white, then white, black.
    expect(await load(handMadePng({ ...square, depth: 1, data: [0b0100_0000, 0b1000_0000] }), 2)).toEqual(
      near([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]),
    );
  });

  test("alpha is laid over white", async () => {
    const rgba = { width: 1, height: 1, channels: 4 } as const;
    expect(await load(handMadePng({ ...rgba, data: [255, 0, 100, 0] }), 1)).toEqual(near([255, 255, 255]));
    expect(await load(handMadePng({ ...rgba, data: [255, 0, 100, 51] }), 1)).toEqual(near([255, 204, 224]));
    expect(await load(handMadePng({ ...rgba, data: [255, 0, 100, 255] }), 1)).toEqual(near([255, 0, 100]));
    const greyAlpha = handMadePng({ width: 1, height: 1, channels: 2, data: [0, 51] });
    expect(await load(greyAlpha, 1)).toEqual(near([204, 204, 204]));
  });

  test("a palette, also with transparent colours", async () => {
    const palette = [10, 20, 30, 255, 0, 0];
    const colours = handMadePng({ width: 2, height: 2, palette, data: [0, 1, 1, 0] });
    expect(await load(colours, 2)).toEqual(near([10, 20, 30, 255, 0, 0, 255, 0, 0, 10, 20, 30]));
    const packed = {
      width: 2,
      height: 2,
      depth: 4,
      palette,
      transparency: [255, 0],
      data: [0x01, 0x10],
    } as const;
    expect(await load(handMadePng(packed), 2)).toEqual(
      near([10, 20, 30, 255, 255, 255, 255, 255, 255, 10, 20, 30]),
    );
  });

  test("one colour declared transparent", async () => {
    const data = [1, 2, 3, 1, 2, 4, 1, 2, 4, 1, 2, 3];
    const image = handMadePng({ width: 2, height: 2, transparency: [0, 1, 0, 2, 0, 3], data });
    expect(await load(image, 2)).toEqual(near([255, 255, 255, 1, 2, 4, 1, 2, 4, 255, 255, 255]));
    const grey = handMadePng({ width: 1, height: 1, channels: 1, transparency: [0, 7], data: [7] });
    expect(await load(grey, 1)).toEqual(near([255, 255, 255]));
  });

  test("an interlaced PNG is the same picture", async () => {
    const image = {
      width: 13,
      height: 11,
      channels: 3,
      data: new Uint8Array(paintRgb(13, 11, (x, y) => [x * 19, y * 23, 9])),
    };
    const [plainly, interlaced] = [encode(image), encode(image, { interlace: "Adam7" })];
    expect(interlaced).not.toEqual(plainly);
    expect(await load(interlaced, 11)).toEqual(await load(plainly, 11));
  });

  test("JPEG and PNG of one picture are nearly equal", async () => {
    const a = await load(paintJpeg(64, 64, slope), 32);
    const b = await load(handMadePng({ width: 64, height: 64, data: paintRgb(64, 64, slope) }), 32);
    expect(Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))))).toBeLessThan(6);
  });

  test("EXIF orientation is ignored", async () => {
    const plain = paintJpeg(16, 16, (x, y) => [x * 16, y * 16, 0]);
    // APP1: "Exif", a little-endian TIFF header and one entry, orientation (0x0112) 6: turn clockwise.
    const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
    const app1 = [0xff, 0xe1, 0, 2 + 6 + tiff.length, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
    const turned = new Uint8Array([...plain.subarray(0, 2), ...app1, ...plain.subarray(2)]);
    expect(await load(turned, 16)).toEqual(await load(plain, 16));
  });

  test("a view into a larger buffer", async () => {
    const bytes = handMadePng({ width: 1, height: 1, data: [1, 2, 3] });
    const padded = new Uint8Array(bytes.length + 20).fill(7);
    padded.set(bytes, 13);
    expect(await load(padded.subarray(13, 13 + bytes.length), 1)).toEqual(near([1, 2, 3]));
  });
});

describe("cropping", () => {
  test.each([
    [100, 60, 48, 26, 6],
    [60, 100, 48, 6, 26],
    [64, 64, 56, 4, 4],
  ])("of %i × %i is the central square", async (width, height, side, left, top) => {
    const fraction = side / Math.min(width, height);
    const output = await load(coordinates(width, height), side, { centralFraction: fraction });
    expect(output.slice(0, 3)).toEqual(near([left, top, 0]));
    expect(output.slice(-3)).toEqual(near([left + side - 1, top + side - 1, 0]));
  });

  test("keeps 87.5 % unless told otherwise", async () => {
    const bytes = coordinates(64, 64);
    expect(await loadImage(bytes, 56)).toEqual(await loadImage(bytes, 56, { centralFraction: 0.875 }));
    expect(await loadImage(bytes, 56)).not.toEqual(await loadImage(bytes, 56, WHOLE));
  });
});
