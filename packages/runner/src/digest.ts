const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * The 64-bit FNV-1a hash of an array's bytes, in hexadecimal: equal for equal bits. It tells inferences apart, not
 * adversaries, and needs nothing that a page may lack (crypto.subtle is for secure contexts alone).
 */
export function digest({ buffer, byteOffset, byteLength }: Float32Array): string {
  let hash = OFFSET;
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, "0");
}
