import {
  clockedSets,
  onSoftwareAdapter,
  ratioOfGeometricMeans,
  setMedians,
  type Cell,
  type Estimate,
  type OkCell,
  type Run,
} from "@mobilenet-bench/results";

/** A cell with a figure in both runs. */
export interface ComparedCell {
  readonly id: string;
  readonly model: string;
  readonly baseMs: number;
  readonly candidateMs: number;
  /** The candidate's time over the base's, with its interval where both have two sets or more. */
  readonly ratio: Estimate;
  /** Whether each set was divided by what the spin loop took beside it, which takes the clock out. */
  readonly atClock: boolean;
  /** What ran otherwise: `library: A → B`. */
  readonly ranOtherwise: readonly string[];
}

/** A cell without a figure in one of the runs at least. */
export interface UncomparedCell {
  readonly id: string;
  readonly model: string;
  readonly why: string;
  /** Whether it had a figure in the base, and failed in the candidate. */
  readonly broken: boolean;
}

/** What of a run is compared; `complete` is false where it was interrupted. */
export type Side = Pick<Run, "cells" | "complete" | "loops">;

/**
 * Every cell of either run, in the order of the base, then of the candidate.
 * @param oneMachine whether both have the same clock
 */
export function compareCells(base: Side, candidate: Side, oneMachine: boolean) {
  const clocked = oneMachine ? clockedRatios(base, candidate) : new Map<string, Estimate>();
  const before = new Map(base.cells.map((cell) => [cell.id, cell]));
  const after = new Map(candidate.cells.map((cell) => [cell.id, cell]));
  const compared: ComparedCell[] = [];
  const uncompared: UncomparedCell[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(id), after.get(id)];
    const why = whyNotHad(one, other, { base, candidate }) ?? whyNot(one, other);
    if (one?.status === "ok" && other?.status === "ok" && why === undefined)
      compared.push(compare(one, other, clocked.get(id)));
    else
      uncompared.push({
        id,
        model: (one ?? other)?.model ?? "",
        why: why ?? "",
        broken: one?.status === "ok" && other !== undefined && hasFailed(other),
      });
  }
  return { compared, uncompared };
}

function whyNotHad(
  one: Cell | undefined,
  other: Cell | undefined,
  { base, candidate }: { readonly base: Side; readonly candidate: Side },
): string | undefined {
  const because = ({ complete }: Side) => (complete ? "was not asked for it" : "was interrupted before it");
  if (!other) return `in the base alone: the candidate ${because(candidate)}`;
  return one ? undefined : `in the candidate alone: the base ${because(base)}`;
}

function whyNot(base: Cell | undefined, candidate: Cell | undefined): string | undefined {
  if (!base || !candidate) return undefined;
  const failed = [
    ["base", base],
    ["candidate", candidate],
  ] as const;
  const reasons = failed.flatMap(([name, cell]) =>
    cell.status === "ok" ? [] : [`${name}: ${cell.status}. ${cell.reason}`],
  );
  if (reasons.length > 0) return reasons.join(" ");
  return [base, candidate].some(onSoftwareAdapter) ? "on a software GPU: no measure of speed" : undefined;
}

function hasFailed({ status }: Cell): boolean {
  return status !== "ok" && status !== "unsupported";
}

function compare(base: OkCell, candidate: OkCell, clocked: Estimate | undefined): ComparedCell {
  return {
    id: base.id,
    model: base.model,
    baseMs: base.latency.median,
    candidateMs: candidate.latency.median,
    ratio: clocked ?? ratioOf(base, candidate),
    atClock: clocked !== undefined,
    ranOtherwise: differences(base.actual, candidate.actual),
  };
}

/** Of the cells that both runs can tell at the reference clock: per turn of the spin loop. */
function clockedRatios(base: Side, candidate: Side): ReadonlyMap<string, Estimate> {
  const after = perSpin(candidate);
  return new Map(
    [...perSpin(base)].flatMap(([id, sets]) => {
      const others = after.get(id);
      return others ? [[id, ratioOfGeometricMeans(sets, others)] as const] : [];
    }),
  );
}

function perSpin(side: Side): ReadonlyMap<string, readonly number[]> {
  return new Map(
    [...clockedSets(side)].map(([id, sets]) => [id, sets.map(({ medianMs, spinMs }) => medianMs / spinMs)]),
  );
}

/** Over sets of fresh processes where both files have their blocks; of the medians else. */
function ratioOf(base: OkCell, candidate: OkCell): Estimate {
  const [before, after] = [setMedians(base.blocks), setMedians(candidate.blocks)];
  return before.length > 0 && after.length > 0
    ? ratioOfGeometricMeans(before, after)
    : { value: candidate.latency.median / base.latency.median };
}

/** By the name of what differs; what is not a word or number is only named. */
function differences(base: OkCell["actual"], candidate: OkCell["actual"]): string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(candidate)])].flatMap((name) => {
    const [one, other] = [base[name], candidate[name]];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    const [before, after] = [wordOf(one), wordOf(other)];
    return [before === undefined || after === undefined ? name : `${name}: ${before} → ${after}`];
  });
}

function wordOf(value: OkCell["actual"][string] | undefined): string | undefined {
  if (value === undefined || value === null) return "–";
  return typeof value === "object" ? undefined : String(value);
}
