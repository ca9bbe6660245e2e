import { clockedFigures } from "./clocked.ts";
import { anotherRun } from "./another-run.ts";
import { ratiosOf } from "./ratios.ts";
import type { OkCell, Run } from "./schema.ts";
import { coverageOf, type Coverage, type Estimate } from "./statistics/index.ts";

/** The intervals that stand beside a cell, in the order of tables. */
export const PRINTED_INTERVALS = ["median", "ratio", "clocked", "history"] as const;
/** See {@link PRINTED_INTERVALS}: of the median and of the ratio within the run, at reference clock, of another run. */
export type PrintedInterval = (typeof PRINTED_INTERVALS)[number];

/** What one kind of interval of one cell contains of the other runs. */
export interface CellCoverage {
  readonly cell: string;
  readonly interval: PrintedInterval;
  /** Of each run that measured the cell: milliseconds, or a ratio. */
  readonly figures: readonly Estimate[];
  readonly coverage: Coverage;
}

/** With fewer, others have no median. */
const MIN_RUNS = 3;

/**
 * What printed intervals contain of repeated runs.
 * @param runs of one kind (one machine, one protocol), in any order
 * @returns by interval, then cell; without those that fewer than three runs have, and those without any interval
 */
export function coverageOfRuns(runs: readonly Run[]): CellCoverage[] {
  const inOrder = runs.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const bases = basesOf(inOrder);
  const told = inOrder.map((run) => figuresOf(run, inOrder, bases));
  const cells = [...new Set(inOrder.flatMap((run) => run.cells.map(({ id }) => id)))];
  return PRINTED_INTERVALS.flatMap((interval) =>
    cells.flatMap((cell) => {
      const figures = told.flatMap((figure) => figure(interval, cell) ?? []);
      if (figures.length < MIN_RUNS || figures.every((one) => one.interval === undefined)) return [];
      return { cell, interval, figures, coverage: coverageOf(figures) };
    }),
  );
}

/** By kind of interval and cell, the figures of one run as its table prints them. */
function figuresOf(run: Run, all: readonly Run[], bases: ReadonlyMap<string, string>) {
  const cells = new Map(run.cells.filter((cell) => cell.status === "ok").map((cell) => [cell.id, cell]));
  const [ratios, clocked, another] = [ratiosOf(run.cells), clockedFigures(run), anotherRun(run, all)];
  const tell = {
    median: ({ latency: { median, ci95 } }: OkCell) => estimate(median, ci95),
    ratio: ({ id }: OkCell) => {
      const ratio = ratios.get(id);
      return ratio?.ci95 && ratio.base === bases.get(id) ? estimate(ratio.value, ratio.ci95) : undefined;
    },
    clocked: ({ id }: OkCell) => {
      const figure = clocked.get(id);
      return figure && estimate(figure.ms, figure.ci95);
    },
    history: ({ id, latency: { median } }: OkCell) => estimate(median, another.get(id)?.ci95),
  } satisfies Record<PrintedInterval, (cell: OkCell) => Estimate | undefined>;
  return (interval: PrintedInterval, id: string) => {
    const cell = cells.get(id);
    return cell && tell[interval](cell);
  };
}

function estimate(value: number, interval?: readonly [number, number]): Estimate {
  return { value, ...(interval && { interval }) };
}

/** What most runs have each cell's ratio to: where two cells are nearly equal, now one is the fastest, now the other. */
function basesOf(runs: readonly Run[]): ReadonlyMap<string, string> {
  const told = runs.flatMap(({ cells }) => Array.from(ratiosOf(cells), ([id, { base }]) => ({ id, base })));
  return new Map(
    Array.from(
      Map.groupBy(told, ({ id }) => id),
      ([id, ratios]) => [id, mostFrequent(ratios.map(({ base }) => base))],
    ),
  );
}

function mostFrequent(words: readonly string[]): string {
  const [first = ""] = [...Map.groupBy(words, (word) => word).values()]
    .toSorted((a, b) => b.length - a.length)
    .flat();
  return first;
}
