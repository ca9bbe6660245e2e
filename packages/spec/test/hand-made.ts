import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";
import jpeg from "jpeg-js";

interface HandMadePng {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB (the default), 4 RGBA. */
  readonly channels?: 1 | 2 | 3 | 4;
  readonly depth?: 1 | 2 | 4 | 8 | 16;
  /** Makes the data indices: three bytes per colour. */
  readonly palette?: readonly number[];
  /** The bytes of the tRNS chunk. */
  readonly transparency?: readonly number[];
  /** Samples; below 8 bits, whole bytes of packed samples, each row beginning with a new byte. */
  readonly data: readonly number[];
}

const COLOUR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;
const INDEXED = 3;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A PNG put together from the specification, without the library under test. */
export function handMadePng({ width, height, channels = 3, depth = 8, ...rest }: HandMadePng): Uint8Array {
  const { palette, transparency, data } = rest;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(depth, 8);
  header.writeUInt8(palette ? INDEXED : COLOUR_TYPES[channels], 9);
  const bytes = depth === 16 ? data.flatMap((sample) => [sample >> 8, sample & 255]) : data;
  const rowLength = bytes.length / height;
  const rows = Array.from({ length: height }, (_, y) => [
    0, // No filter.
    ...bytes.slice(y * rowLength, (y + 1) * rowLength),
  ]);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(SIGNATURE),
      chunk("IHDR", header),
      ...(palette ? [chunk("PLTE", palette)] : []),
      ...(transparency ? [chunk("tRNS", transparency)] : []),
      chunk("IDAT", deflateSync(Buffer.from(rows.flat()))),
      chunk("IEND", []),
    ]),
  );
}

function chunk(type: string, data: Uint8Array | readonly number[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), Buffer.from(data)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

type Paint = (x: number, y: number) => readonly [red: number, green: number, blue: number];

/** RGB samples, pixel by pixel. */
export function paintRgb(width: number, height: number, paint: Paint): number[] {
  return Array.from({ length: width * height }, (_, i) => paint(i % width, Math.floor(i / width))).flat();
}

export function paintJpeg(width: number, height: number, paint: Paint): Uint8Array {
  const data = paintRgb(width, height, paint).flatMap((value, i) => (i % 3 === 2 ? [value, 255] : [value]));
  return new Uint8Array(jpeg.encode({ width, height, data: new Uint8Array(data) }, 95).data);
}
