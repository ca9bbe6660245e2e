import { median } from "simple-statistics";
import {
  coverageOfRuns,
  isOfSameKind,
  machineTitle,
  percent,
  PRINTED_INTERVALS,
  RIGHT_COVERAGE,
  sumCoverage,
  type CellCoverage,
  type Coverage,
  type PrintedInterval,
  type Run,
  type Tally,
} from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { UsageError } from "../usage-error.ts";

/** What all forms of the report show. */
export interface CoverageReport {
  /** The oldest first. */
  readonly runs: readonly Run[];
  readonly cells: readonly CellCoverage[];
}

/** As tables of runs name them. */
const INTERVAL_NAMES = {
  median: "median within this run",
  ratio: "× fastest within this run",
  clocked: "at reference clock",
  history: "another run here",
} satisfies Record<PrintedInterval, string>;

/**
 * What the intervals that were printed with repeated runs contain of each other.
 * @throws UsageError where the runs are too few, not of one machine and protocol, or one is given twice
 */
export function reportOfCoverage(runs: readonly Run[]): CoverageReport {
  const [first] = runs;
  if (!first || runs.length < 3)
    throw new UsageError(
      "Coverage takes three runs of the same cells at least. Repeat mnb run, and name them.",
    );
  const other = runs.find((run) => !isOfSameKind(run, first));
  if (other)
    throw new UsageError(
      `${other.id} is of another machine or protocol than ${first.id}. Name runs of one machine by one protocol.`,
    );
  if (new Set(runs.map(({ id }) => id)).size < runs.length)
    throw new UsageError("A run is named twice. Name each once.");
  const cells = coverageOfRuns(runs);
  if (cells.length === 0)
    throw new UsageError("No cell was measured in three of these runs. Repeat the runs with the same cells.");
  return { runs: runs.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)), cells };
}

/** A line of the tables: all cells together where it names none. */
export interface CoverageRow {
  readonly interval: string;
  readonly cell?: string;
  readonly values: readonly [others: string, centre: string, apart: string, halfWidth: string];
}

/** Above the columns of {@link CoverageRow.values}, in two lines. */
export const VALUE_TITLES = [
  "another\nrun's figure",
  "median of\nthe others",
  "intervals\napart",
  "±,\nmedian",
] as const;

/** By interval: all cells together, then each. */
export function rowsOf({ cells }: CoverageReport): CoverageRow[] {
  return PRINTED_INTERVALS.flatMap((kind) => {
    const own = cells.filter(({ interval }) => interval === kind);
    if (own.length === 0) return [];
    const interval = INTERVAL_NAMES[kind];
    return [
      { interval, values: valuesOf(sumCoverage(own.map(({ coverage }) => coverage))) },
      ...own.map(({ cell, coverage }) => ({
        interval,
        cell: shortModelName(cell),
        values: valuesOf(coverage),
      })),
    ];
  });
}

/** What 95 % intervals should come to. */
export const RIGHT_VALUES: CoverageRow["values"] = [
  percent(RIGHT_COVERAGE.others),
  percent(RIGHT_COVERAGE.centre),
  percent(RIGHT_COVERAGE.apart, 1),
  "",
];

/** Which runs, in lines. */
export function headOf({ runs }: CoverageReport): string[] {
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return [];
  const { commit } = first.environment;
  const minute = (time: string) => time.slice(0, "2026-11-22T12:34".length).replace("T", " ");
  return [
    `Coverage over ${runs.length} runs, ${minute(first.startedAt)} to ${minute(last.finishedAt)}`,
    `${machineTitle(first.environment)}, commit ${commit?.slice(0, 12) ?? "none"}`,
  ];
}

/** What the columns mean, in sentences of at most 78 columns. */
export function legendOf(): string[] {
  return [
    "another run's figure: pairs of runs, the interval of one holding the other's",
    "median of the others: runs whose interval holds it",
    "apart: pairs of runs whose intervals do not touch",
    "±: half an interval's width, as a share of its figure",
    "right: what 95 % intervals come to that hold what runs differ by",
  ];
}

function valuesOf({ others, centre, apart, halfWidths }: Coverage): CoverageRow["values"] {
  return [
    tallyWords(others),
    tallyWords(centre),
    tallyWords(apart),
    halfWidths.length === 0 ? "" : percent(median([...halfWidths]), 1),
  ];
}

/** `83 % (55/66)` */
function tallyWords({ count, of }: Tally): string {
  return of === 0 ? "" : `${percent(count / of)} (${count}/${of})`;
}
