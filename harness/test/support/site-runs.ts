import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { formatCellId, type Cell, type OkCell, type Run } from "@mobilenet-bench/results";
import { readRun, writeRun } from "@mobilenet-bench/results/store";
import { publishedFolder } from "../../src/folders.ts";

const SWEEP = "2026-11-22-1206c8248664.json";
const QUICK = "2026-11-22-41dd91654feb.json";
const PROFILED = "2026-11-27-b554d3b4884f.json";

/** Published runs: seven backends on sixteen models; a few models on targets and adapters of all kinds; layers and samples. */
export const readSweep = (): Promise<Run> => readRun(join(publishedFolder(), SWEEP));
const readQuick = (): Promise<Run> => readRun(join(publishedFolder(), QUICK));
export const readProfiled = (): Promise<Run> => readRun(join(publishedFolder(), PROFILED));

const FEW = new Set(["mobilenet_v1_1.0_224", "mobilenet_v1_0.5_160", "mobilenet_v1_0.25_128"]);

/** Both runs of one machine, whole: what else is published does not change what is tested. */
export async function copySweepAndQuick(folder: string): Promise<void> {
  for (const file of [SWEEP, QUICK]) await copyFile(join(publishedFolder(), file), join(folder, file));
}

/** The smaller of them. */
export const copyQuick = (folder: string): Promise<void> =>
  copyFile(join(publishedFolder(), QUICK), join(folder, QUICK));

/** The run with layers and samples, which is of another machine. */
export async function copyProfiled(folder: string): Promise<void> {
  await copyFile(join(publishedFolder(), PROFILED), join(folder, PROFILED));
}

/** The sweep with three of its models: twenty-one cells, soon built. */
export async function writeSmallSweep(folder: string): Promise<Run> {
  const sweep = await readSweep();
  const small = { ...sweep, cells: sweep.cells.filter(({ model }) => FEW.has(model)) };
  await writeRun(folder, small);
  return small;
}

/** Two runs, on a machine each, which have some of everything that filters tell apart; the newer one first. */
export async function writeVariedRuns(folder: string): Promise<readonly [Run, Run]> {
  const quick = await readQuick();
  const newer: Run = { ...quick, cells: quick.cells.flatMap((cell, i) => [cell, ...variationsOf(cell, i)]) };
  const { environment } = quick;
  const other: Run = {
    ...quick,
    id: "2026-11-21T20-58-04-1",
    startedAt: "2026-11-21T20:58:04.000Z",
    environment: {
      ...environment,
      machine: "0123456789ab",
      cpu: { ...environment.cpu, model: "Another processor of many cores" },
    },
    cells: quick.cells.filter(({ target }) => target === "node"),
  };
  await writeRun(folder, newer);
  await writeRun(folder, other);
  return [newer, other];
}

function variationsOf(cell: Cell, i: number): Cell[] {
  if (cell.status !== "ok" || cell.backend !== "wasm" || cell.target !== "node") return [];
  const model = `${cell.model}_conv`;
  const variations = [
    varied(cell, { options: { threads: 2 } }),
    varied(cell, { options: { precision: "fp16" } }),
    varied(cell, { model }),
    failed(varied(cell, { options: { precision: "int8" } }), "unsupported"),
  ];
  return i < 10 ? [...variations, failed(varied(cell, { backend: "other" }), "crash")] : variations;
}

function varied(cell: OkCell, changes: Partial<OkCell>): OkCell {
  const changed = { ...cell, ...changes };
  return { ...changed, id: formatCellId(changed) };
}

function failed(cell: OkCell, status: "crash" | "unsupported"): Cell {
  const { id, model, backend, target, options, multAdds, params } = cell;
  return { id, model, backend, target, options, multAdds, params, status, reason: "It is a test." };
}
