import { fileURLToPath } from "node:url";
import { startChild } from "../child/child.ts";
import { askFor, type JobName, type Jobs, parseReply, type Reply } from "@mobilenet-bench/runner";
import { hang } from "./deadline.ts";
import type { Runner, Target } from "./target.ts";

const MAIN = fileURLToPath(new URL("./node-main.js", import.meta.url));

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
  const child = startChild(main);
  return {
    ...(child.pid !== undefined && { processes: [child.pid] }),
    kill: () => child.kill(),
    async request<N extends JobName>(
      job: N,
      details: Jobs[N]["request"],
      deadlineMs: number,
    ): Promise<Reply<N>> {
      const deadline = new AbortController();
      try {
        child.send(askFor(job, details));
        return parseReply(job, await Promise.race([child.next(), hang(job, deadlineMs, deadline.signal)]));
      } catch (error) {
        await child.kill();
        throw error;
      } finally {
        deadline.abort();
      }
    },
  };
}
