import type { DecodedPng } from "fast-png";
import type { Picture } from "./picture.ts";

/** What transparent pixels are laid over, as on an ordinary page. */
const WHITE = 255;
/** Where a PNG's header chunk holds the colour type, and its value for a palette. */
const COLOUR_TYPE_AT = 25;
const INDEXED = 3;

/** Every colour type and depth of PNG; 16 bits are rounded to 8, alpha is composited over white. */
export async function decodePng(bytes: Uint8Array): Promise<Picture> {
  const { convertIndexedToRgb, decode } = await import("fast-png");
  const png = decode(bytes, { checkCrc: true });
  const { width, height, palette } = png;
  if (bytes[COLOUR_TYPE_AT] === INDEXED) {
    if (!palette?.length) throw new Error("the palette is missing");
    const channels = palette[0]?.length ?? 0;
    return { width, height, rgb: composite(convertIndexedToRgb(png), width * height, channels, 255) };
  }
  const { samples, channels } = withTransparency(unpack(png), png);
  return { width, height, rgb: composite(samples, width * height, channels, 2 ** png.depth - 1) };
}

type Samples = DecodedPng["data"];

/** One element per sample: depths below 8 come several to a byte, each row padded to whole bytes. */
function unpack({ width, height, data, depth }: DecodedPng): Samples {
  if (depth >= 8) return data;
  const rowBytes = Math.ceil((width * depth) / 8);
  const samples = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)]!;
      samples[y * width + x] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
    }
  return samples;
}

/** The tRNS chunk names one grey value or colour that is transparent: made an alpha channel here. */
function withTransparency(samples: Samples, { channels, depth, transparency }: DecodedPng) {
  if (!transparency) return { samples, channels };
  const pixels = samples.length / channels;
  const result = new Uint16Array(pixels * (channels + 1));
  for (let i = 0; i < pixels; i++) {
    let transparent = true;
    for (let c = 0; c < channels; c++) {
      const sample = samples[i * channels + c]!;
      result[i * (channels + 1) + c] = sample;
      transparent &&= sample === transparency[c];
    }
    result[i * (channels + 1) + channels] = transparent ? 0 : 2 ** depth - 1;
  }
  return { samples: result, channels: channels + 1 };
}

/** Grey (1), grey and alpha (2), RGB (3) or RGBA (4) samples up to `maximum`, as opaque 8-bit RGB. */
function composite(samples: Samples, pixels: number, channels: number, maximum: number): Uint8Array {
  const rgb = new Uint8Array(pixels * 3);
  const hasAlpha = channels === 2 || channels === 4;
  const isGrey = channels <= 2;
  for (let i = 0; i < pixels; i++) {
    const alpha = hasAlpha ? samples[i * channels + channels - 1]! / maximum : 1;
    for (let c = 0; c < 3; c++) {
      const sample = samples[i * channels + (isGrey ? 0 : c)]! / maximum;
      rgb[i * 3 + c] = Math.round(WHITE * (sample * alpha + 1 - alpha));
    }
  }
  return rgb;
}
