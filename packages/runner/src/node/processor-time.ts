import { readdirSync, readFileSync } from "node:fs";

const TASKS = "/proc/self/task";

/** Processor time of all threads of this process so far, in milliseconds. */
export function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * The same of each thread that can be told apart, by a name of its own: all of them on Linux, elsewhere only the one
 * that calls, and none on a Node that cannot tell even that.
 */
export function threadsCpuMs(): ReadonlyMap<string, number> {
  return threadsOfLinux() ?? thisThread();
}

function threadsOfLinux(): ReadonlyMap<string, number> | undefined {
  if (process.platform !== "linux") return undefined;
  const times = new Map<string, number>();
  for (const thread of readdirSync(TASKS)) {
    const nanoseconds = readRunTime(thread);
    if (nanoseconds !== undefined) times.set(thread, nanoseconds / 1e6);
  }
  return times.size > 0 ? times : undefined;
}

/** Nothing where the thread has just ended, or the kernel keeps no such count. */
function readRunTime(thread: string): number | undefined {
  try {
    const [runTime] = readFileSync(`${TASKS}/${thread}/schedstat`, "utf8").split(" ");
    return Number(runTime);
  } catch {
    return undefined;
  }
}

function thisThread(): ReadonlyMap<string, number> {
  if (!("threadCpuUsage" in process)) return new Map();
  const { user, system } = process.threadCpuUsage();
  return new Map([["this", (user + system) / 1000]]);
}
