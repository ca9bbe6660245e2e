import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A source of numbers in [−1, 1), the same on every engine: integers and exact scalings only. */
export type Uniform = () => number;

/** A stream of its own for each seed and name, so that no tensor depends on the order of generation. */
export function uniform(seed: number, name: string): Uniform {
  const generator = xoroshiro128plus((seed ^ fnv1a(name)) | 0);
  return () => generator.next() / 2 ** 31;
}

/** The 32-bit FNV-1a hash of the text's UTF-16 code units. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
