import { fork, type ChildProcess } from "node:child_process";
import { on, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { RunnerDied } from "@mobilenet-bench/runner";
import { LastWords } from "./last-words.ts";
import { countOomKills, mayBeOomKill } from "./oom-kills.ts";
import { tether } from "./tether.ts";

/** What a process printed last may arrive after its end. */
const GRACE_MS = 500;

/** A Node process of ours that answers messages. It ends with this one. */
export interface Child {
  /** Absent where it did not start. */
  readonly pid: number | undefined;
  send(message: object): void;
  /** The next message that nobody has taken. @throws RunnerDied where the process ends before */
  next(): Promise<unknown>;
  /** Ends it, whatever it does. */
  kill(): Promise<void>;
}

/**
 * @param main a script that takes and sends messages over its IPC channel
 * @param signal kills it
 */
export function startChild(main: string, signal?: AbortSignal): Child {
  const oomKills = countOomKills();
  const child = fork(main, {
    serialization: "advanced",
    // Flags given to the harness itself are no business of the measured process.
    execArgv: [],
    // Libraries write banners there; standard output belongs to the table and to JSON.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const untie = tether(child);
  const words = new LastWords(child.stdout, child.stderr);
  const messages = on(child, "message", { close: ["disconnect"] });
  let killed = false;

  const kill = async () => {
    killed = true;
    child.kill("SIGKILL");
    await ended;
  };
  const abort = () => void kill();
  signal?.addEventListener("abort", abort, { once: true });
  const ended = endOf(child).finally(() => {
    untie();
    signal?.removeEventListener("abort", abort);
  });
  if (signal?.aborted) abort();
  const died = ended.then((how) => {
    const byKernel = child.signalCode === "SIGKILL" && !killed && mayBeOomKill(oomKills);
    const why = byKernel ? ", as the kernel does where memory runs out" : "";
    const said = words.line === "" ? "" : ` Its last words: ${words.line}`;
    return new RunnerDied(byKernel || words.speakOfMemory ? "oom" : "crash", `${how}${why}.${said}`);
  });

  return {
    pid: child.pid,
    send(message) {
      // Fails only where the process is gone, and then so does waiting for the reply.
      child.send(message, () => {});
    },
    async next() {
      const { done, value } = await messages.next();
      if (done) throw await died;
      const [message]: unknown[] = value;
      return message;
    },
    kill,
  };
}

/** A fact without its full stop. */
async function endOf(child: ChildProcess): Promise<string> {
  const closed = once(child, "close").catch(() => {});
  try {
    await once(child, "exit");
  } catch (error) {
    return `The process does not start: ${error instanceof Error ? error.message : String(error)}`;
  }
  // What it started may hold its pipes open.
  await Promise.race([closed, setTimeout(GRACE_MS, undefined, { ref: false })]);
  const { exitCode, signalCode } = child;
  return signalCode === null
    ? `The process exited with ${exitCode}`
    : `The process was ended by ${signalCode}`;
}
