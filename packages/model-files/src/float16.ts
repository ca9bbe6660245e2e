/** The number that 16 bits of IEEE 754 binary16 mean. */
export function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  // Subnormal numbers lack the leading one.
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Whether float16 has exactly this number. */
export function isFloat16(value: number): boolean {
  if (!Number.isFinite(value) || value === 0) return true;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), -14);
  return exponent <= 15 && Number.isInteger(value * 2 ** (10 - exponent));
}
