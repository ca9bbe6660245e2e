import { fileURLToPath } from "node:url";
import { execaNode } from "execa";

/** Calls `mnb` with these words, and tells the exit status. Where the signal ends it, it keeps what is finished. */
export type CallMnb = (words: readonly string[], signal?: AbortSignal) => Promise<number>;

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
/** What is finished is kept by then. */
const GRACE_MS = 15_000;
/** Of a process that a signal has ended, as shells report it. */
export const INTERRUPTED = 130;

/** A process of its own for each call, which ends when this one does. */
export const callMnb: CallMnb = async (words, signal) => {
  const { exitCode, isTerminated, isCanceled } = await execaNode(MAIN, words, {
    reject: false,
    nodePath: process.execPath,
    nodeOptions: [],
    ipc: true,
    stdin: "ignore",
    // Standard output is this command's own: what others print goes where progress goes.
    stdout: process.stderr,
    stderr: "inherit",
    forceKillAfterDelay: GRACE_MS,
    ...(signal && { cancelSignal: signal }),
  });
  return exitCode ?? (isTerminated || isCanceled ? INTERRUPTED : 1);
};
