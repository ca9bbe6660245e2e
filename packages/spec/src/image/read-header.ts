import { SpecError } from "../error.ts";

/** What a picture declares itself to be, before anything is decoded. */
export interface PictureHeader {
  readonly format: "png" | "jpeg";
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_SIGNATURE = [0xff, 0xd8, 0xff];
/** Signature, then the length, type and first two fields of the IHDR chunk. */
const PNG_HEADER_BYTES = 24;
const IHDR = 0x49484452;

/**
 * Reads format and size from the first bytes of a PNG or JPEG file, without decoding or allocating anything.
 * @throws SpecError where the bytes are neither, or end before the size
 */
export function readHeader(bytes: Uint8Array): PictureHeader {
  if (startsWith(bytes, PNG_SIGNATURE)) return readPngHeader(bytes);
  if (startsWith(bytes, JPEG_SIGNATURE)) return readJpegHeader(bytes);
  throw new SpecError("the file is neither PNG nor JPEG. Convert the picture to one of them.");
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

function readPngHeader(bytes: Uint8Array): PictureHeader {
  if (bytes.length < PNG_HEADER_BYTES) throw truncated("PNG");
  const view = viewOf(bytes);
  if (view.getUint32(12) !== IHDR)
    throw new SpecError("the PNG does not begin with its header chunk. Save the picture again.");
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks the marker segments (ITU-T T.81, annex B) to the first frame header. */
function readJpegHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (view.getUint8(at) !== 0xff)
      throw new SpecError("the JPEG is damaged before its frame header. Save the picture again.");
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // Any number of fill bytes may stand before a marker.
      continue;
    }
    if (isFrameHeader(marker))
      return { format: "jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  throw truncated("JPEG");
}

/** SOF0 to SOF15, among which lie three markers of other segments: DHT, JPG and DAC. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function truncated(format: string): SpecError {
  return new SpecError(`the ${format} ends before its size is told. The file is cut off: copy it again.`);
}
