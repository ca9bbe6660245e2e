import type { Picture } from "./picture.ts";

/** Enough for 64 megapixels without chroma subsampling: coefficients, planes and the picture itself. */
const MAX_MEMORY_MB = 2048;

/**
 * Baseline and progressive JPEG, grey, YCbCr or CMYK. EXIF orientation is ignored, as TensorFlow's decoder
 * does: a picture stored lying stays lying.
 */
export async function decodeJpeg(bytes: Uint8Array, maxMegapixels: number): Promise<Picture> {
  const { decode } = (await import("jpeg-js")).default;
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: maxMegapixels,
    maxMemoryUsageInMB: MAX_MEMORY_MB,
  });
  return { width, height, rgb: data };
}
