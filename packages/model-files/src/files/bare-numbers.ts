/** As many numbers as tell weights from anything else. */
const FEWEST_NUMBERS = 8;
const SMALLEST_WEIGHT = 1e-9;
const LARGEST_WEIGHT = 1e6;
/** Of arbitrary bytes a fifth are such numbers; of weights almost all, but for counters and what is nearly zero. */
const SHARE = 0.9;

/** Whether bytes, as float32, are numbers such as weights are. Other bytes mean sizes of any order. */
export function isFloats(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const count = Math.floor(head.length / Float32Array.BYTES_PER_ELEMENT);
  if (count < FEWEST_NUMBERS) return false;
  const sizes = Array.from({ length: count }, (_, i) => Math.abs(view.getFloat32(i * 4, true)));
  const weights = sizes.filter((size) => size > SMALLEST_WEIGHT && size < LARGEST_WEIGHT).length;
  const zeros = sizes.filter((size) => size === 0).length;
  return weights > 0 && weights + zeros >= SHARE * count;
}
