/**
 * Which instructions a kernel multiplies and adds with. It is the `feature` in a kernel's name.
 *
 * - `baseline`: 128-bit SIMD, a multiply and then an add.
 * - `relaxed`: 128-bit relaxed SIMD, `f32x4.relaxed_madd`: one fused instruction where the machine has it.
 * - `wide`: relaxed, its pairs of 128-bit lanes compiled by V8 into 256-bit instructions (a flag of V8).
 */
export const LEVELS = ["baseline", "relaxed", "wide"] as const;
export type Level = (typeof LEVELS)[number];

/** The best level of this engine that needs no flag; undefined where there is no WebAssembly SIMD. */
export function detectLevel(): Exclude<Level, "wide"> | undefined {
  if (validates(F32X4_RELAXED_MADD)) return "relaxed";
  return validates(F32X4_PMIN) ? "baseline" : undefined;
}

const LOCAL_GET = 0x20;
const END = 0x0b;
const F32X4_PMIN = [LOCAL_GET, 0, LOCAL_GET, 1, 0xfd, 0xea, 0x01, END];
const F32X4_RELAXED_MADD = [LOCAL_GET, 0, LOCAL_GET, 1, LOCAL_GET, 2, 0xfd, 0x85, 0x02, END];

/** Whether the engine takes a function (v128, v128, v128) → v128 of these bytes; no library is loaded for it. */
function validates(body: readonly number[]): boolean {
  if (typeof WebAssembly === "undefined") return false;
  const V128 = 0x7b;
  const code = [0, ...body];
  const sections = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
    [1, 8, 1, 0x60, 3, V128, V128, V128, 1, V128], // one type
    [3, 2, 1, 0], // one function
    [10, code.length + 2, 1, code.length, ...code],
  ];
  return WebAssembly.validate(Uint8Array.from(sections.flat()));
}
