import { dayOf } from "@mobilenet-bench/results";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { OkCell, Run } from "@mobilenet-bench/results";
import { readRun, StoreError } from "@mobilenet-bench/results/store";
import { parseModelName } from "@mobilenet-bench/spec";
import { measuredCost, type CellCost, type CostedCell } from "./cell-cost.ts";
import { estimateCells, type Costed } from "./estimate-cells.ts";

/** What earlier runs of a machine tell of what a run will take. */
export interface KnownCosts {
  /** The newest figures of a cell; undefined where there are none. */
  of(cell: CostedCell): CellCost | undefined;
  /** What earlier runs took, as a multiple of what would have been estimated of them. */
  readonly pace: number;
  /** Of a run, beside its cells: peaks, questions to backends; undefined where no run tells. */
  readonly besidesMs: number | undefined;
}

/** So many files are looked at: a night of as many shards, and more. */
const MAX_FILES = 24;
const MAX_BYTES = 16 * 2 ** 20;
/** A shorter run tells nothing of a longer one. */
const MIN_MS = 10_000;
/** What is further off was disturbed. */
const PACES = [0.5, 3] as const;

/** From the newest run files in these folders; what cannot be read tells nothing here, and is told where it is shown. */
export async function knownCosts(
  folders: readonly string[],
  machine: string,
  protocol: Run["protocol"],
): Promise<KnownCosts> {
  const runs: Run[] = [];
  for (const path of await newestFiles(folders)) {
    const run = await readRun(path).catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      return undefined;
    });
    if (run?.environment.machine === machine) runs.push(run);
  }
  return costsOf(runs, protocol);
}

/** The same from runs at hand, in any order. */
export function costsOf(runs: readonly Run[], protocol: Run["protocol"]): KnownCosts {
  const newestFirst = runs.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const cells = new Map<string, OkCell>();
  for (const run of newestFirst)
    for (const cell of run.cells) if (cell.status === "ok" && !cells.has(cell.id)) cells.set(cell.id, cell);
  const long = newestFirst.filter(({ complete, time }) => complete && (time?.cellsMs ?? 0) >= MIN_MS);
  const alike = long.filter((run) => JSON.stringify(run.protocol) === JSON.stringify(protocol));
  return {
    of(cell) {
      const measured = cells.get(cell.id);
      return measured && measuredCost(cell, measured);
    },
    pace: paceOf(alike.length > 0 ? alike : long),
    besidesMs: besidesMs(long[0]),
  };
}

function paceOf(runs: readonly Run[]): number {
  const took = runs.reduce((sum, { time }) => sum + (time?.cellsMs ?? 0), 0);
  const estimated = runs.reduce((sum, run) => sum + estimateOf(run), 0);
  if (!(took > 0 && estimated > 0)) return 1;
  return Math.min(PACES[1], Math.max(PACES[0], took / estimated));
}

/** What would have been said of a run that is over, had its figures been known. */
function estimateOf({ cells, protocol, environment }: Run): number {
  const costed = cells.flatMap((cell): Costed[] => {
    if (cell.status !== "ok") return [];
    const { id, model, backend, options, target } = cell;
    const platform = target === "node" ? ("node" as const) : ("browser" as const);
    const asked = { id, model, backend, options, network: parseModelName(model), on: { platform } };
    return [{ cell: asked, cost: measuredCost(asked, cell) }];
  });
  const few = Object.fromEntries(
    cells.flatMap((cell) => (cell.status === "ok" && cell.fewSets ? [[cell.id, cell.fewSets] as const] : [])),
  );
  const cores = environment.cpu.availableCores ?? environment.cpu.cores;
  return estimateCells(costed, { protocol, few, cores });
}

/** Only where one process did all of it. */
function besidesMs(run: Run | undefined): number | undefined {
  if (!run?.time || run.parts) return undefined;
  const all = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return all >= run.time.cellsMs ? all - run.time.cellsMs : undefined;
}

async function newestFiles(folders: readonly string[]): Promise<string[]> {
  const files: { path: string; name: string; at: number; size: number }[] = [];
  for (const folder of new Set(folders)) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => one.endsWith(".json"))) {
      const { mtimeMs, size } = await stat(join(folder, name));
      files.push({ path: join(folder, name), name, at: mtimeMs, size });
    }
  }
  const newest = files
    .toSorted((a, b) => dayOf(b.name).localeCompare(dayOf(a.name)) || b.at - a.at)
    .slice(0, MAX_FILES);
  const paths: string[] = [];
  let bytes = 0;
  for (const { path, size } of newest) {
    bytes += size;
    if (bytes > MAX_BYTES) break;
    paths.push(path);
  }
  return paths;
}
