import { SpecError } from "../error.ts";
import { centralSquare } from "./central-square.ts";
import { decodeJpeg } from "./decode-jpeg.ts";
import { decodePng } from "./decode-png.ts";
import type { Picture } from "./picture.ts";
import { readHeader, type PictureHeader } from "./read-header.ts";
import { resize } from "./resize.ts";

export interface LoadImageOptions {
  /**
   * Side of the central square that is used, as a fraction of the picture's shorter side; 0.875 by default,
   * the part of each side that the authors' evaluation keeps.
   */
  readonly centralFraction?: number;
}

const CENTRAL_FRACTION = 0.875;
const MAX_MEGAPIXELS = 64;

/**
 * Makes a picture an input of the network: decode, crop the central square, resize bilinearly with
 * antialiasing, scale from 0…255 to −1…1. (The authors' own evaluation keeps the picture's shape when
 * cropping and then squeezes it to a square; here the proportions stay.)
 * @param bytes a PNG or JPEG file
 * @param resolution side of the result in pixels
 * @returns NHWC [resolution, resolution, 3], values in [−1, 1]
 * @throws SpecError where the bytes are no picture, a damaged one, an empty one or one of over 64 megapixels
 */
export async function loadImage(
  bytes: Uint8Array,
  resolution: number,
  { centralFraction = CENTRAL_FRACTION }: LoadImageOptions = {},
): Promise<Float32Array> {
  if (!Number.isInteger(resolution) || resolution < 1)
    throw new SpecError(`resolution is ${resolution}. Use a whole number of pixels, such as 224.`);
  if (!(centralFraction > 0 && centralFraction <= 1))
    throw new SpecError(`centralFraction is ${centralFraction}. Use a number above 0 and at most 1.`);
  const header = readHeader(bytes);
  checkSize(header);
  const picture = await decode(header, bytes);
  const square = centralSquare(picture.width, picture.height, centralFraction);
  return Float32Array.from(resize(picture, square, resolution), (value) => value / 127.5 - 1);
}

/** Before decoding, so that a few bytes cannot claim all memory. */
function checkSize({ width, height }: PictureHeader) {
  if (width === 0 || height === 0)
    throw new SpecError(`the picture is ${width} × ${height} pixels. Use one that is not empty.`);
  if (width * height > MAX_MEGAPIXELS * 1e6)
    throw new SpecError(
      `the picture is ${width} × ${height} pixels, over ${MAX_MEGAPIXELS} megapixels. Make it smaller first.`,
    );
}

async function decode({ format }: PictureHeader, bytes: Uint8Array): Promise<Picture> {
  try {
    return format === "png" ? await decodePng(bytes) : await decodeJpeg(bytes, MAX_MEGAPIXELS);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SpecError(
      `the ${format.toUpperCase()} cannot be decoded: ${reason.replace(/[.:]+$/, "")}. The file is damaged or cut off: copy it, or save the picture again.`,
      { cause },
    );
  }
}
