/** The bits of binary16 numbers, rounded to nearest, ties to even; what is too large becomes infinity. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const floats = new Uint32Array(values.length);
  new Float32Array(floats.buffer).set(values);
  return Uint16Array.from(floats, halfBits);
}

/** The numbers of binary16 bits, exactly. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, halfValue);
}

const INFINITY = 0x7c00;

/** @param bits of a binary32 number */
function halfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00; // NaN
  // Half-way between the largest number and the next power of two, which an overflow rounds to.
  if (magnitude >= 0x477f_f000) return sign | INFINITY;
  // Below the smallest normal number, digits are multiples of 2⁻²⁴.
  if (magnitude < 0x3880_0000) return sign | roundEven(valueOf(magnitude) * 2 ** 24);
  // The exponent's bias changes from 127 to 15; thirteen digits go. A carry runs into the exponent, as it should.
  const rebased = magnitude - (112 << 23);
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
}

function halfValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

function valueOf(bits: number): number {
  word[0] = bits;
  return float[0]!;
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest > 0.5 ? floor + 1 : floor;
  return floor % 2 === 0 ? floor : floor + 1;
}
