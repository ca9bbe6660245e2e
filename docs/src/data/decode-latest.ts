import { formatCellId, type CellKey, type Status } from "@mobilenet-bench/results";
import type { Latest } from "./latest.ts";
import { LATEST_VERSION, latestSchema, type Columns, type LatestFile } from "./latest-schema.ts";
import { rankShown } from "./rank-shown.ts";
import type { SiteCell } from "./site-cell.ts";
import { readOptions } from "./option-text.ts";
import { isStatus } from "./status.ts";

/** Data that is none of this site's; the message names the remedy. */
export class SiteDataError extends Error {
  override readonly name = "SiteDataError";

  constructor(message: string, options?: ErrorOptions) {
    super(`[docs] ${message}`, options);
  }
}

/**
 * From columns to cells.
 * @param what the file is called in messages
 * @throws SiteDataError where it is of another version, torn or foreign
 */
export function decodeLatest(json: unknown, what: string): Latest {
  const read = latestSchema.safeParse(json);
  if (!read.success)
    throw new SiteDataError(
      `${what} is no data of version ${LATEST_VERSION} of this site. Load the page again; where that does not help, build the site again.`,
      { cause: read.error },
    );
  const file = read.data;
  const { model, faster } = file.columns;
  if (Object.values(file.columns).some(({ length }) => length !== model.length))
    throw new SiteDataError(`${what} has columns of different lengths. Build the site again.`);
  const dirtyRuns = new Set(file.runs.filter(({ dirty }) => dirty).map(({ id }) => id));
  const cells = model.map((_, i) => cellAt(file, i, dirtyRuns, what));
  const idOf = (i: number) => orThrow(cells[i], what).id;
  const surelyFaster = new Map(faster.map((others, i) => [idOf(i), new Set(others.map(idOf))]));
  return {
    machine: file.machine,
    runs: file.runs,
    cells: rankShown(cells, surelyFaster),
    fits: file.fits,
    surelyFaster,
  };
}

function cellAt(file: LatestFile, i: number, dirtyRuns: ReadonlySet<string>, what: string): SiteCell {
  const { columns, texts } = file;
  const textAt = (index: number | null | undefined) => orThrow(texts[orThrow(index, what)], what);
  const { name, multAdds, params } = orThrow(file.models[orThrow(columns.model[i], what)], what);
  const key: CellKey = {
    model: name,
    backend: textAt(columns.backend[i]),
    target: textAt(columns.target[i]),
    options: readOptions(textAt(columns.options[i])),
  };
  const run = orThrow(file.runs[orThrow(columns.run[i], what)], what).id;
  const reason = columns.reason[i] ?? undefined;
  return {
    id: formatCellId(key),
    ...key,
    machine: file.machine.id,
    run,
    status: statusAt(textAt(columns.status[i]), what),
    ...(reason !== undefined && { reason: textAt(reason) }),
    multAdds,
    params,
    marks: (columns.marks[i] ?? []).map(textAt),
    software: columns.software[i] ?? false,
    dirty: dirtyRuns.has(run),
    ...figuresAt(columns, i, multAdds, textAt),
  };
}

/** None where the cell has none. */
function figuresAt(
  columns: Columns,
  i: number,
  multAdds: number,
  textAt: (index: number | null | undefined) => string,
): Partial<SiteCell> {
  const ms = columns.ms[i] ?? undefined;
  if (ms === undefined) return {};
  const [low, high] = [columns.low[i] ?? ms, columns.high[i] ?? ms];
  const min = columns.min[i] ?? undefined;
  const worstFraction = columns.worstFraction[i] ?? undefined;
  const fraction = columns.ofPeak[i] ?? undefined;
  const [importMs, loadMs, firstInferenceMs] = [columns.importMs[i], columns.loadMs[i], columns.firstMs[i]];
  return {
    ms,
    ci95: [low, high],
    p90: columns.p90[i] ?? null,
    // What is executed beside the model's own mult-adds is counted in the share of the peak, not here.
    gmacs: ms > 0 ? multAdds / (ms * 1e6) : 0,
    ...(min !== undefined && { min }),
    ...(worstFraction !== undefined && { worstFraction }),
    ...(fraction !== undefined && {
      ofPeak: { fraction, style: textAt(columns.peakStyle[i]), threads: columns.peakThreads[i] ?? 1 },
    }),
    ...(typeof importMs === "number" &&
      typeof loadMs === "number" &&
      typeof firstInferenceMs === "number" && { coldStart: { importMs, loadMs, firstInferenceMs } }),
  };
}

function statusAt(text: string, what: string): Status {
  if (isStatus(text)) return text;
  throw new SiteDataError(`${what} has a cell of status "${text}". Load the page again.`);
}

function orThrow<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined)
    throw new SiteDataError(`${what} is torn: it points to what is not in it. Build the site again.`);
  return value;
}
