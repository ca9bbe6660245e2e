import { UnsupportedError } from "@mobilenet-bench/backend";
import { builtin } from "../platform/builtin.ts";

/** What to do where there is no revectorization. */
export const REMEDY = "Leave simd out: the default takes the best that needs no flag.";
const FLAG = "experimental-wasm-revectorize";

/**
 * Runs `compile` with V8's revectorization on, and switches it off afterwards. The flag counts for the whole
 * process, at the moment when TurboFan compiles: `compile` must not return before its code is optimised, and
 * nothing else may compile meanwhile.
 * @throws UnsupportedError where the flag cannot be had
 */
export async function withRevectorization<T>(compile: () => Promise<T>): Promise<T> {
  const refusal = revectorizationRefusal();
  if (refusal) throw new UnsupportedError("backend-wasm", refusal.reason, refusal.remedy);
  const v8 = builtin("node:v8");
  v8?.setFlagsFromString(`--${FLAG}`);
  try {
    return await compile();
  } finally {
    if (!process.execArgv.includes(`--${FLAG}`)) v8?.setFlagsFromString(`--no-${FLAG}`);
  }
}

/** Why this process cannot revectorize; undefined where it can. That it really did, only measuring tells. */
export function revectorizationRefusal(): { reason: string; remedy: string } | undefined {
  if (!builtin("node:v8"))
    return { reason: "simd=wide sets a flag of V8, which only Node lets a program do.", remedy: REMEDY };
  if (process.arch !== "x64")
    return { reason: `V8 pairs 128-bit lanes on x64 only, and this is ${process.arch}.`, remedy: REMEDY };
  return undefined;
}
