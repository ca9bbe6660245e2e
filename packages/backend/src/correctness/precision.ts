import type { Actual } from "../contract.ts";
import { UnsupportedError } from "../errors.ts";

/** A floating-point format, as far as rounding is concerned. */
export interface Format {
  /** Largest relative error of rounding to nearest, u. */
  readonly unitRoundoff: number;
  /** Smaller magnitudes lose digits, or are flushed to zero where the hardware does so. */
  readonly smallestNormal: number;
}

/** IEEE 754 binary64, binary32 and binary16. */
export const BINARY64: Format = { unitRoundoff: 2 ** -53, smallestNormal: 2 ** -1022 };
export const BINARY32: Format = { unitRoundoff: 2 ** -24, smallestNormal: 2 ** -126 };
export const BINARY16: Format = { unitRoundoff: 2 ** -11, smallestNormal: 2 ** -14 };

/** What a backend computes in. */
export interface Precision {
  /** Of weights and activations in memory. */
  readonly storage: Format;
  /** Of products and sums. */
  readonly arithmetic: Format;
}

export const FLOAT32: Precision = { storage: BINARY32, arithmetic: BINARY32 };
/** What JavaScript has: each sum is rounded once, when it is stored. */
export const FLOAT64_SUMS: Precision = { storage: BINARY32, arithmetic: BINARY64 };
/** Float16 counts as correct only where sums are kept in float32. */
export const FLOAT16: Precision = { storage: BINARY16, arithmetic: BINARY32 };

/**
 * The precision whose bounds hold for what ran. Float64 has to meet those of float32, which it returns.
 * @throws UnsupportedError where there is no such bound
 */
export function precisionOf({ precision }: Pick<Actual, "precision">): Precision {
  switch (precision) {
    case "fp64":
    case "fp32":
      return FLOAT32;
    case "fp16":
      return FLOAT16;
    case "int8":
      throw new UnsupportedError(
        "backend",
        "Rounding bounds do not apply to int8.",
        "Compare it with an integer reference.",
      );
  }
}
