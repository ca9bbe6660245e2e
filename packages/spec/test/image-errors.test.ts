import { describe, expect, test } from "vitest";
import { SpecError } from "@mobilenet-bench/spec";
import { loadImage } from "@mobilenet-bench/spec/image";
import { handMadePng, paintJpeg } from "./hand-made.ts";

const good = handMadePng({
  width: 8,
  height: 8,
  data: Array.from({ length: 192 }, (_, i) => (i * 89) % 256),
});
const goodJpeg = paintJpeg(16, 16, (x, y) => [(x * y * 5) % 256, x * 9, y * 9]);

/** A PNG that only claims its size. */
function pngClaiming(width: number, height: number): Uint8Array {
  const bytes = good.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** A comment, a Huffman table, a fill byte and the frame header of a progressive JPEG, no more. */
function jpegClaiming(width: number, height: number): Uint8Array {
  const comment = [0xff, 0xfe, 0, 4, 1, 1];
  const table = [0xff, 0xc4, 0, 10, 0, 0, 0, 1, 0, 1, 0, 0];
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return new Uint8Array([0xff, 0xd8, ...comment, ...table, 0xff, 0xff, 0xc2, 0, 17, 8, ...size, 3]);
}

/** What loading rejects with. */
function failure(bytes: Uint8Array): Promise<unknown> {
  return loadImage(bytes, 8).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("what is no picture is refused, with a remedy", () => {
  test.each([
    ["nothing", new Uint8Array(), /neither PNG nor JPEG\. Convert/],
    ["text", new TextEncoder().encode("no picture"), /neither PNG nor JPEG\. Convert/],
    ["a GIF", new TextEncoder().encode("GIF89a"), /neither PNG nor JPEG\. Convert/],
    ["a PNG's signature", good.subarray(0, 8), /PNG ends before its size.*copy/],
    ["a JPEG's signature", goodJpeg.subarray(0, 4), /JPEG ends before its size.*copy/],
    ["a PNG without header chunk", good.with(12, 0), /does not begin with its header chunk\. Save/],
    ["a JPEG damaged early", goodJpeg.with(20, 0), /damaged before its frame header\. Save/],
    ["a changed PNG", good.with(45, good[45]! ^ 1), /PNG cannot be decoded: .*copy it/],
    ["a PNG whose header lies", pngClaiming(9, 9), /PNG cannot be decoded: .*copy it/],
    [
      "a palette PNG without palette",
      handMadePng({ width: 1, height: 1, palette: [], data: [0] }),
      /palette.*copy it/,
    ],
    [
      "an index beyond the palette",
      handMadePng({ width: 1, height: 1, palette: [1, 2, 3], data: [7] }),
      /palette.*copy it/,
    ],
    ["a PNG without width", pngClaiming(0, 8), /0 × 8 pixels\. Use/],
    ["a JPEG without height", jpegClaiming(8, 0), /8 × 0 pixels\. Use/],
    ["a huge PNG", pngClaiming(2 ** 31 - 1, 2 ** 31 - 1), /over 64 megapixels\. Make it smaller/],
    ["a large PNG", pngClaiming(8001, 8000), /8001 × 8000 pixels, over 64/],
    ["a huge JPEG", jpegClaiming(65535, 65535), /65535 × 65535 pixels, over 64/],
  ])("%s", async (_, bytes, message) => {
    const error = await failure(bytes);
    expect(error).toBeInstanceOf(SpecError);
    expect(error).toHaveProperty("message", expect.stringMatching(message));
  });

  test("64 megapixels are not too many to try", async () => {
    await expect(loadImage(pngClaiming(8000, 8000), 32)).rejects.toThrow(/cannot be decoded/);
  });

  test("a PNG cut off anywhere", async () => {
    for (let length = 0; length < good.length; length++)
      expect(await failure(good.subarray(0, length)), `${length} bytes`).toBeInstanceOf(SpecError);
  });

  test("a JPEG cut off anywhere", async () => {
    for (let length = 0; length < goodJpeg.length; length++)
      expect(await failure(goodJpeg.subarray(0, length)), `${length} bytes`).toBeInstanceOf(SpecError);
  });

  test("the decoder's own error is kept as the cause", async () => {
    await expect(loadImage(good.subarray(0, 60), 8)).rejects.toHaveProperty("cause", expect.any(Error));
  });

  test.each([0, -1, 2.5, NaN, Infinity])("resolution %d", async (resolution) => {
    await expect(loadImage(good, resolution)).rejects.toThrow(/resolution is .*\. Use a whole number/);
  });

  test.each([0, -0.5, 1.01, NaN])("centralFraction %d", async (centralFraction) => {
    await expect(loadImage(good, 8, { centralFraction })).rejects.toThrow(/centralFraction is .*\. Use/);
  });
});
