import { execaNode } from "execa";
import { environmentWith } from "./plant.ts";
import type { Injection } from "./planted.ts";

/** What takes longer hangs: the slowest takes seconds. */
const DEADLINE_MS = 180_000;

/** A script in a process of its own, with a fault in it and in all that it starts. */
export function runWith(
  injection: Injection,
  script: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
) {
  return execaNode(script, args, {
    nodePath: process.execPath,
    nodeOptions: [],
    env: environmentWith(injection),
    reject: false,
    timeout: DEADLINE_MS,
    ...(signal && { cancelSignal: signal }),
  });
}
