import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { beCurrent } from "./current.mjs";
import { asFailure } from "./failure.mjs";
import { outliveReaders } from "./outlive-readers.mjs";
import { cliEntry } from "./paths.mjs";
import { programNode } from "./program-node.mjs";

/** A signal that reaches the whole process group, and is passed on too, arrives twice within this time. */
const TWICE_MS = 500;

/**
 * Runs the command line on the program's Node, as if it had been started itself: same terminal, signals and exit
 * status.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit status; where a signal ended it, this process ends by the same
 */
export async function launch(args) {
  outliveReaders();
  const node = programNode();
  if (node === undefined || !existsSync(cliEntry)) {
    process.stderr.write("[mnb] This clone is not set up yet. Run npm start (or npm test) first.\n");
    return 2;
  }
  try {
    await beCurrent();
  } catch (error) {
    const failure = asFailure(error);
    if (failure === undefined) throw error;
    process.stderr.write(`${failure.message}\n`);
    return 2;
  }
  // Nothing is said through the channel: it closes when this process ends, however that comes, and the command line with it.
  const child = spawn(node.path, [cliEntry, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  passSignals(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (signal === null) return resolve(code ?? 1);
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
      // Windows has no signals to die of.
      setTimeout(() => resolve(128 + constants.signals[signal]), 100);
    });
  });
}

/**
 * Outlives the signals that the child decides about. From a terminal, Ctrl-C reaches the child by itself: passing it
 * on would make it two, and the second means "at once".
 */
function passSignals(/** @type {import("node:child_process").ChildProcess} */ child) {
  const isTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  let last = -Infinity;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (signal === "SIGINT" && isTerminal) return;
      if (performance.now() - last > TWICE_MS) child.kill(signal);
      last = performance.now();
    });
  }
}
