import { UnsupportedError } from "@mobilenet-bench/backend";
import { builtin } from "../platform/builtin.ts";
import type { Level } from "./level.ts";

/** What to do where there is no revectorization. */
export const REMEDY = "Leave simd out: the default takes the best that needs no flag.";
const FLAG = "experimental-wasm-revectorize";

/** The end of the queue of those who compile. */
let compiling: Promise<unknown> = Promise.resolve();

/**
 * Runs `compile` with V8's revectorization as the level means it: on for `wide`, off for the others. The flag
 * counts for the whole process, at the moment when TurboFan compiles. So those who compile take turns, and
 * `compile` must not return before its code is optimised. It must not wait for another turn itself.
 * @throws UnsupportedError where the flag cannot be had
 */
export async function atLevel<T>(level: Level, compile: () => Promise<T>): Promise<T> {
  const refusal = level === "wide" ? revectorizationRefusal() : undefined;
  if (refusal) throw new UnsupportedError("backend-wasm", refusal.reason, refusal.remedy);
  const turn = compiling.then(() => withFlag(level === "wide", compile));
  compiling = turn.catch(() => {});
  return turn;
}

async function withFlag<T>(on: boolean, compile: () => Promise<T>): Promise<T> {
  const v8 = builtin("node:v8");
  if (!v8 || on === startedWithFlag()) return compile();
  const set = (on: boolean) => v8.setFlagsFromString(on ? `--${FLAG}` : `--no-${FLAG}`);
  set(on);
  try {
    return await compile();
  } finally {
    set(!on);
  }
}

function startedWithFlag() {
  return [...process.execArgv, process.env["NODE_OPTIONS"] ?? ""].some((text) => text.includes(`--${FLAG}`));
}

/** Why this process cannot revectorize; undefined where it can. That it really did, only measuring tells. */
export function revectorizationRefusal(): { reason: string; remedy: string } | undefined {
  if (!builtin("node:v8"))
    return { reason: "simd=wide sets a flag of V8, which only Node lets a program do.", remedy: REMEDY };
  if (process.arch !== "x64")
    return { reason: `V8 pairs 128-bit lanes on x64 only, and this is ${process.arch}.`, remedy: REMEDY };
  return undefined;
}
