import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, relative } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { root } from "./paths.mjs";

const TAIL_LINES = 30;
const hasGroups = process.platform !== "win32";

/**
 * @typedef {object} Command
 * @property {string} file
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} log the file that gets everything the command prints
 * @property {(line: string) => void} onLine
 * @property {number} [timeoutMs]
 */

/**
 * Runs a command in the repository's root, without standard input, its output going to the log and line by line to
 * `onLine`.
 *
 * @param {Command} command
 * @returns {Promise<{ ok: boolean, how: string }>} `how` it ended, in words
 * @throws what the system says where the log cannot be written
 */
export async function exec({ file, args, env, log, onLine, timeoutMs }) {
  mkdirSync(dirname(log), { recursive: true });
  const out = createWriteStream(log);
  // Told when the command has ended.
  out.on("error", () => {});
  out.write(`$ ${[file, ...args].join(" ")}\n`);
  // Windows starts npx through its command file, which takes a shell; the words of such commands are our own.
  const shell = process.platform === "win32" && !file.endsWith(".exe");
  // A process group of its own: what a package manager or a build has started ends with it.
  const child = spawn(file, args, {
    cwd: root,
    env,
    shell,
    detached: hasGroups,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stopped = stopWith(child);
  const timer = timeoutMs && setTimeout(() => kill(child, "SIGKILL"), timeoutMs);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      out.write(`${line}\n`);
      onLine(line);
    });
  }
  try {
    /** @type {{ ok: boolean, how: string }} */
    const ended = await new Promise((resolve) => {
      child.once("error", (error) => resolve({ ok: false, how: error.message }));
      child.once("close", (code, signal) =>
        resolve({ ok: code === 0, how: signal === null ? `exit status ${code}` : `ended by ${signal}` }),
      );
    });
    out.end();
    await finished(out);
    return ended;
  } finally {
    clearTimeout(timer);
    stopped();
  }
}

/** The end of a log, with its path, for a message about what went wrong. */
export function logTail(/** @type {string} */ log) {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n").slice(-TAIL_LINES);
  return `${lines.map((line) => `  | ${line}`).join("\n")}\n  The whole log: ${relative(process.cwd(), log)}`;
}

/** Windows ends the child alone. */
function kill(
  /** @type {import("node:child_process").ChildProcess} */ child,
  /** @type {NodeJS.Signals} */ signal,
) {
  if (child.pid === undefined) return;
  try {
    process.kill(hasGroups ? -child.pid : child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * What runs now: one step, or several beside each other.
 *
 * @type {Set<import("node:child_process").ChildProcess>}
 */
const running = new Set();

/**
 * Takes the child along, and all others, where this process is told to end: it would live on and write into a folder that
 * the next set-up believes to be its own.
 */
function stopWith(/** @type {import("node:child_process").ChildProcess} */ child) {
  running.add(child);
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  const handlers = signals.map((signal) => {
    const handler = () => {
      for (const one of running) kill(one, signal);
      process.exit(128 + constants.signals[signal]);
    };
    process.once(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    running.delete(child);
    handlers.forEach((off) => off());
  };
}
