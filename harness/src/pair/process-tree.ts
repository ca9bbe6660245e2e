import { readdir, readFile } from "node:fs/promises";

/** The processes that descend from these, and these, as far as they live; from /proc, on Linux alone. */
export async function processTree(heads: readonly number[]): Promise<number[]> {
  const parents = await parentsOfAll();
  const tree = new Set(heads.filter((pid) => parents.has(pid)));
  // A set goes on to what is added to it meanwhile.
  for (const head of tree) for (const [pid, parent] of parents) if (parent === head) tree.add(pid);
  return [...tree];
}

async function parentsOfAll(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(
    pids.map(async (pid) => {
      // One that has just ended has none.
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      // After the name in brackets, which may hold anything: the state and the parent.
      const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [Number(pid), Number(parent)] as const;
    }),
  );
  return new Map(parents.filter(([, parent]) => Number.isInteger(parent)));
}
