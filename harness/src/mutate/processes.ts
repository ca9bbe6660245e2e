import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import type { Injection } from "./fault.ts";
import { moduleUrl } from "./modules.ts";
import { environmentWith } from "./plant.ts";

/** What takes longer hangs: the slowest takes seconds. */
const DEADLINE_MS = 180_000;

/** A script of the harness in a process of its own, with a fault in it and in all that it starts. */
export function runWith(
  injection: Injection,
  module: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
) {
  return execaNode(fileURLToPath(moduleUrl(module)), args, {
    nodePath: process.execPath,
    nodeOptions: [],
    env: environmentWith(injection),
    reject: false,
    timeout: DEADLINE_MS,
    ...(signal && { cancelSignal: signal }),
  });
}
