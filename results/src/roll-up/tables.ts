import { axisValue } from "../axes.ts";
import { clockedFigures } from "../clocked.ts";
import type { Clocked } from "../other-runs.ts";
import type { Block, Cell, Run } from "../schema.ts";
import { formatShard } from "../shard.ts";
import { onSoftwareAdapter } from "../software-adapter.ts";

/** What a column holds. */
export type Kind = "text" | "number" | "integer" | "flag" | "time";
/** What stands in a column; null where it is not known. */
export type Value = string | number | boolean | null;

/** A column of a table: its name and kind, and its value in a row. */
interface Column<Row> {
  readonly name: string;
  readonly kind: Kind;
  readonly of: (row: Row) => Value | undefined;
}

interface RunRow {
  readonly file: string;
  readonly run: Run;
}
interface CellRow {
  readonly run: Run;
  readonly cell: Cell;
  readonly clocked: Clocked | undefined;
}
interface BlockRow {
  readonly run: Run;
  readonly cell: Cell;
  readonly block: Block;
}

/** Changes whenever columns do: roll-ups of another version are made again. */
export const ROLL_UP_VERSION = 1;

const RUNS: readonly Column<RunRow>[] = [
  { name: "run", kind: "text", of: ({ run }) => run.id },
  { name: "file", kind: "text", of: ({ file }) => file },
  { name: "started_at", kind: "time", of: ({ run }) => run.startedAt },
  { name: "finished_at", kind: "time", of: ({ run }) => run.finishedAt },
  { name: "simulated", kind: "text", of: ({ run }) => run.simulated },
  { name: "suite", kind: "text", of: ({ run }) => run.suite },
  { name: "shard", kind: "text", of: ({ run }) => run.shard && formatShard(run.shard) },
  { name: "seed", kind: "number", of: ({ run }) => run.seed },
  { name: "machine", kind: "text", of: ({ run }) => run.environment.machine },
  { name: "cpu", kind: "text", of: ({ run }) => run.environment.cpu.model },
  { name: "cores", kind: "integer", of: ({ run }) => run.environment.cpu.cores },
  { name: "platform", kind: "text", of: ({ run }) => run.environment.os.platform },
  { name: "os", kind: "text", of: ({ run }) => run.environment.os.name },
  { name: "node", kind: "text", of: ({ run }) => run.environment.runtime["node"] },
  { name: "commit", kind: "text", of: ({ run }) => run.environment.commit },
  { name: "dirty", kind: "flag", of: ({ run }) => run.environment.dirty },
  { name: "sets", kind: "integer", of: ({ run }) => run.protocol.sets },
  { name: "rounds", kind: "integer", of: ({ run }) => run.protocol.rounds },
  { name: "reference_spin_ms", kind: "number", of: ({ run }) => run.loops?.referenceSpinMs },
  { name: "cells_ms", kind: "number", of: ({ run }) => run.time?.cellsMs },
  { name: "estimated_ms", kind: "number", of: ({ run }) => run.time?.estimatedMs },
];

const CELLS: readonly Column<CellRow>[] = [
  { name: "run", kind: "text", of: ({ run }) => run.id },
  { name: "started_at", kind: "time", of: ({ run }) => run.startedAt },
  { name: "machine", kind: "text", of: ({ run }) => run.environment.machine },
  { name: "cell", kind: "text", of: ({ cell }) => cell.id },
  { name: "model", kind: "text", of: ({ cell }) => cell.model },
  { name: "backend", kind: "text", of: ({ cell }) => cell.backend },
  { name: "target", kind: "text", of: ({ cell }) => cell.target },
  { name: "threads", kind: "integer", of: ({ cell }) => Number(axisValue(cell.options, "threads")) },
  { name: "precision", kind: "text", of: ({ cell }) => String(axisValue(cell.options, "precision")) },
  { name: "mult_adds", kind: "number", of: ({ cell }) => cell.multAdds },
  { name: "params", kind: "number", of: ({ cell }) => cell.params },
  { name: "status", kind: "text", of: ({ cell }) => cell.status },
  { name: "reason", kind: "text", of: ({ cell }) => (cell.status === "ok" ? null : cell.reason) },
  { name: "median_ms", kind: "number", of: ({ cell }) => okOf(cell)?.latency.median },
  { name: "low_ms", kind: "number", of: ({ cell }) => okOf(cell)?.latency.ci95[0] },
  { name: "high_ms", kind: "number", of: ({ cell }) => okOf(cell)?.latency.ci95[1] },
  { name: "min_ms", kind: "number", of: ({ cell }) => okOf(cell)?.latency.min },
  { name: "clock_ms", kind: "number", of: ({ clocked }) => clocked?.ms },
  { name: "clock_low_ms", kind: "number", of: ({ clocked }) => clocked?.ci95[0] },
  { name: "clock_high_ms", kind: "number", of: ({ clocked }) => clocked?.ci95[1] },
  { name: "import_ms", kind: "number", of: ({ cell }) => okOf(cell)?.coldStart.importMs },
  { name: "load_ms", kind: "number", of: ({ cell }) => okOf(cell)?.coldStart.loadMs },
  { name: "first_ms", kind: "number", of: ({ cell }) => okOf(cell)?.coldStart.firstInferenceMs },
  { name: "peak_rss_bytes", kind: "number", of: ({ cell }) => okOf(cell)?.memory?.peakRssBytes },
  { name: "worst_fraction", kind: "number", of: ({ cell }) => cell.correctness?.worstFraction },
  { name: "software", kind: "flag", of: ({ cell }) => onSoftwareAdapter(cell) },
  { name: "history_only", kind: "flag", of: ({ cell }) => okOf(cell)?.fewSets !== undefined },
  { name: "actual", kind: "text", of: ({ cell }) => cell.actual && JSON.stringify(cell.actual) },
];

const BLOCKS: readonly Column<BlockRow>[] = [
  { name: "run", kind: "text", of: ({ run }) => run.id },
  { name: "cell", kind: "text", of: ({ cell }) => cell.id },
  { name: "set", kind: "integer", of: ({ block }) => block.set },
  { name: "round", kind: "integer", of: ({ block }) => block.round },
  { name: "started_at", kind: "time", of: ({ block }) => block.startedAt },
  { name: "inferences", kind: "integer", of: ({ block }) => block.inferences },
  { name: "median_ms", kind: "number", of: ({ block }) => block.medianMs },
  { name: "min_ms", kind: "number", of: ({ block }) => block.minMs },
  { name: "excluded", kind: "text", of: ({ block }) => block.excluded },
];

/** A table of a roll-up: its columns, and the rows that one run has in it. */
export interface Table {
  readonly name: "runs" | "cells" | "blocks";
  readonly columns: readonly { readonly name: string; readonly kind: Kind }[];
  rowsOf(file: string, run: Run): Value[][];
}

function tableOf<Row>(
  name: Table["name"],
  columns: readonly Column<Row>[],
  rowsOf: (file: string, run: Run) => readonly Row[],
): Table {
  return {
    name,
    columns,
    rowsOf: (file, run) => rowsOf(file, run).map((row) => columns.map(({ of }) => of(row) ?? null)),
  };
}

/** Every table of a roll-up. */
export const TABLES: readonly Table[] = [
  tableOf("runs", RUNS, (file, run) => [{ file, run }]),
  tableOf("cells", CELLS, (_, run) => {
    const clocked = clockedFigures(run);
    return run.cells.map((cell) => ({ run, cell, clocked: clocked.get(cell.id) }));
  }),
  tableOf("blocks", BLOCKS, (_, run) =>
    run.cells.flatMap((cell) => (okOf(cell)?.blocks ?? []).map((block) => ({ run, cell, block }))),
  ),
];

function okOf(cell: Cell) {
  return cell.status === "ok" ? cell : undefined;
}
