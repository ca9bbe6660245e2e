import {
  comparableCells,
  counted,
  fitLatency,
  medianInterval,
  onSoftwareAdapter,
  roundRatios,
  rowOf,
  type CountedBlocks,
  type OkCell,
  type Run,
} from "@mobilenet-bench/results";
import { sortSiteCells } from "../src/charts/site-cells.ts";
import type { RunFacts, SiteFit } from "../src/data/facts.ts";
import type { Latest } from "../src/data/latest.ts";
import { rankShown } from "../src/data/rank-shown.ts";
import { STALE, type SiteCell } from "../src/data/site-cell.ts";
import type { Figure, MachineFigures } from "./newest-figures.ts";

/** What pages of one machine are made of: its newest figures, ranked among each other, and the lines through them. */
export function latestOf({ machine, figures }: MachineFigures): Latest {
  const all = [...figures.values()];
  const surelyFaster = surelyFasterOf(all);
  const runs = new Map(all.map(({ facts }) => [facts.id, facts]));
  return {
    machine,
    runs: [...runs.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1)),
    cells: sortSiteCells(rankShown(all.map(siteCellOf), surelyFaster)),
    fits: fitsOf(all),
    surelyFaster,
  };
}

/** Without a rank: that depends on what else is shown. */
function siteCellOf({ cell, run, facts, stale }: Figure): SiteCell {
  const row = rowOf(cell, {
    peaks: run.environment,
    ratios: new Map(),
    ranks: new Map(),
    clocked: new Map(),
    another: new Map(),
  });
  const { id, model, backend, target, options, status, multAdds, params, marks, worstFraction } = row;
  const { reason, ms, ci95, min, p90, gmacs, ofPeak, coldStart } = row;
  return {
    id,
    model,
    backend,
    target,
    options,
    machine: facts.machine,
    run: facts.id,
    status,
    multAdds,
    params,
    marks: stale ? [...marks, STALE] : marks,
    software: onSoftwareAdapter(cell),
    dirty: facts.dirty,
    ...(reason !== undefined && { reason }),
    ...(worstFraction !== undefined && { worstFraction }),
    ...(ms !== undefined && { ms }),
    ...(ci95 !== undefined && { ci95 }),
    ...(min !== undefined && { min }),
    ...(p90 !== undefined && { p90 }),
    ...(gmacs !== undefined && { gmacs }),
    ...(ofPeak !== undefined && { ofPeak }),
    ...(coldStart !== undefined && { coldStart }),
  };
}

/** What no two runs on one machine differ by: what figures of different runs must lie apart by where no history tells better. */
const BETWEEN_RUNS = 2;

/**
 * By cell id, the cells of its model that are surely faster: in one run, where the 95 % interval of the ratio of both, round by
 * round, lies below 1; of different runs, which share no rounds, where what earlier runs foresee of another one does not overlap,
 * or, where less than three came before one of both, where their own intervals lie apart by more than a factor of two.
 */
function surelyFasterOf(figures: readonly Figure[]): Map<string, Set<string>> {
  const faster = new Map<string, Set<string>>();
  const current = figures.filter(({ stale }) => !stale);
  const figureOf = new Map(current.map((figure) => [figure.cell.id, figure]));
  for (const members of comparableCells(current.map(({ cell }) => cell))) {
    const blocks = members.map((cell) => {
      const figure = figureOf.get(cell.id);
      return { cell, run: figure?.facts.id, anotherRun: figure?.anotherRun, counted: counted(cell.blocks) };
    });
    for (const one of blocks) {
      const others = blocks.filter((other) =>
        other.run === one.run
          ? other !== one && isSurelyFaster(other.counted, one.counted)
          : liesBelow(other, one),
      );
      faster.set(one.cell.id, new Set(others.map(({ cell }) => cell.id)));
    }
  }
  return faster;
}

/** What is known of a figure that is compared with one of another run. */
interface OfAnotherRun {
  readonly cell: OkCell;
  readonly anotherRun: Figure["anotherRun"] | undefined;
}

function liesBelow(one: OfAnotherRun, other: OfAnotherRun): boolean {
  if (one.anotherRun && other.anotherRun) return one.anotherRun[1] < other.anotherRun[0];
  return one.cell.latency.ci95[1] * BETWEEN_RUNS < other.cell.latency.ci95[0];
}

function isSurelyFaster(one: CountedBlocks, other: CountedBlocks): boolean {
  const interval = medianInterval(roundRatios(one, other));
  return interval !== undefined && interval[1] < 1;
}

/** For each row the line of the run that has most of its models, of equals the newest; of hardware alone. */
function fitsOf(figures: readonly Figure[]): SiteFit[] {
  const runs = new Map<string, { readonly run: Run; readonly facts: RunFacts }>(
    figures.filter(({ stale }) => !stale).map(({ run, facts }) => [facts.id, { run, facts }]),
  );
  const best = new Map<string, SiteFit & { readonly startedAt: string }>();
  for (const { run, facts } of runs.values())
    for (const fit of fitLatency(run.cells.filter(isHardware))) {
      const known = best.get(fit.backend);
      const isBetter =
        known === undefined ||
        fit.models > known.models ||
        (fit.models === known.models && facts.startedAt > known.startedAt);
      if (isBetter) best.set(fit.backend, { ...fit, run: facts.id, startedAt: facts.startedAt });
    }
  return [...best.values()]
    .map((fit) => {
      const { startedAt: _, ...rest } = fit;
      return rest;
    })
    .toSorted((a, b) => a.slope - b.slope || (a.backend < b.backend ? -1 : 1));
}

function isHardware(cell: Run["cells"][number]): cell is OkCell {
  return cell.status === "ok" && !onSoftwareAdapter(cell);
}
