import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { parseReply, type JobName, type Jobs, type Reply } from "../runner/messages.ts";
import { hang } from "./deadline.ts";
import { RunnerDied, type Runner, type Target } from "./target.ts";

const MAIN = fileURLToPath(new URL("../runner/node-main.js", import.meta.url));
/** As much of what a dying process says as helps to understand it. */
const TAIL_CHARACTERS = 2000;
const GRACE_MS = 500;
const OUT_OF_MEMORY = /out of memory|bad_alloc|Cannot allocate memory/i;

/** A child process per cell, with the Node that runs the harness. */
export const node = nodeTarget(MAIN);

/** @param main the runner's entry: a script that answers jobs over its IPC channel */
export function nodeTarget(main: string): Target {
  return {
    id: "node",
    summary: `Node ${process.versions.node} in child processes`,
    platform: "node",
    availability: () => Promise.resolve({ available: true }),
    open: () => Promise.resolve(openProcess(main)),
  };
}

function openProcess(main: string): Runner {
  const child = execaNode(main, {
    ipc: true,
    serialization: "advanced",
    nodePath: process.execPath,
    // Flags given to the harness itself are no business of the measured process.
    nodeOptions: [],
    stdin: "ignore",
    // Libraries write banners there; standard output belongs to the table and to JSON.
    all: true,
    buffer: false,
    reject: false,
    forceKillAfterDelay: GRACE_MS,
  });
  let tail = "";
  child.all.setEncoding("utf8");
  child.all.on("data", (text: string) => {
    tail = (tail + text).slice(-TAIL_CHARACTERS);
  });

  let killed = false;
  const kill = async () => {
    killed = true;
    child.kill("SIGKILL");
    await child;
  };
  const died = child.then(({ exitCode, signal }) => {
    // The kernel's out-of-memory killer sends the same signal as we do.
    const oom = OUT_OF_MEMORY.test(tail) || (signal === "SIGKILL" && !killed);
    const how = signal ? `was ended by ${signal}` : `exited with ${exitCode}`;
    return new RunnerDied(oom ? "oom" : "crash", `The process ${how}.${lastWords(tail)}`);
  });

  return {
    kill,
    async request<N extends JobName>(
      job: N,
      details: Jobs[N]["request"],
      deadlineMs: number,
    ): Promise<Reply<N>> {
      const deadline = new AbortController();
      try {
        const message = child.getOneMessage().catch(async () => Promise.reject(await died));
        // Fails only where the process is gone, and then so does waiting for the reply.
        child.sendMessage({ job, ...details }).catch(() => {});
        return parseReply(job, await Promise.race([message, hang(job, deadlineMs, deadline.signal)]));
      } catch (error) {
        await kill();
        throw error;
      } finally {
        deadline.abort();
      }
    },
  };
}

/** The line that says why, else the last one. */
function lastWords(text: string): string {
  const lines = text.trim().split("\n");
  const line = lines.findLast((candidate) => OUT_OF_MEMORY.test(candidate)) ?? lines.at(-1) ?? "";
  return line === "" ? "" : ` Its last words: ${line}`;
}
