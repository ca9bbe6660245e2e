import { readFile } from "node:fs/promises";
import { execa } from "execa";
import { axisValue } from "@mobilenet-bench/results";
import type { PlannedCell } from "../plan/cell.ts";
import { parseCoreList } from "./core-list.ts";
import { processTree } from "./process-tree.ts";

/** The cores that pairs are pinned to in turns, or why they are not. */
export type Pinning = { readonly cores: readonly [number, ...number[]] } | { readonly unpinned: string };

/** As often as processes that were just started are looked for. */
const SWEEPS = 5;

/** Whether two cells can share one core, and which cores there are. */
export async function pinningFor(cells: readonly PlannedCell[]): Promise<Pinning> {
  const threaded = cells.find(({ options }) => axisValue(options, "threads") !== 1);
  if (threaded) return { unpinned: `${threaded.id} runs on several threads` };
  const onGpu = cells.find(({ from }) => from.gpu);
  if (onGpu) return { unpinned: `${onGpu.id} computes on a GPU` };
  return pinningHere();
}

async function pinningHere(): Promise<Pinning> {
  if (process.platform !== "linux") return { unpinned: `${process.platform} has no taskset` };
  const { failed, code } = await execa("taskset", ["--version"], { reject: false });
  if (failed)
    return { unpinned: `taskset does not run here (${code ?? "it fails"}): it comes with util-linux` };
  const status = await readFile("/proc/self/status", "utf8");
  const [first, ...others] = parseCoreList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? "");
  if (first === undefined) return { unpinned: "the kernel does not tell which cores there are" };
  return { cores: [first, ...others] };
}

/**
 * Pins all threads of these processes and of all that descend from them to one core. What they start later inherits it.
 * @returns why that is not so, where it is not
 */
export async function pin(heads: readonly number[], core: number): Promise<string | undefined> {
  if (heads.length === 0) return "the processes of its runners are not known";
  const pinned = new Set<number>();
  let failures: string[] = [];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const found = (await processTree(heads)).filter((pid) => !pinned.has(pid));
    if (found.length === 0) return undefined;
    const outcomes = await Promise.all(found.map((pid) => pinOne(pid, core)));
    found.forEach((pid, i) => outcomes[i] === undefined && pinned.add(pid));
    // A thread that ends meanwhile is one of them: the next sweep will do.
    failures = outcomes.flatMap((why) => why ?? []);
  }
  return failures[0] ?? "its processes went on starting others";
}

/** @returns why not */
async function pinOne(pid: number, core: number): Promise<string | undefined> {
  const { failed, stderr } = await execa("taskset", ["-a", "-c", "-p", String(core), String(pid)], {
    reject: false,
    stdin: "ignore",
  });
  return failed ? `taskset fails (${stderr.trim().split("\n")[0] ?? ""})` : undefined;
}
