import { CHANGE_RULE } from "./change-points.ts";
import type { Change, HistoryRun, Series } from "./history.ts";
import type { Nominee } from "./nominee.ts";
import type { Outlier } from "./outliers.ts";

/** A drift has no commit of its own: the pair of a change point reaches so many points back, but not beyond the level before. */
const REACH = 20;

/**
 * From within the old level to within the new one, since the place of a change is an estimate, and a drift has none.
 * @returns undefined where the series has no such points
 */
export function changeNominee(series: Series, { at, ratio, causes }: Change): Nominee | undefined {
  const before = series.changes.findLast((other) => other.at < at)?.at ?? 0;
  const span = { base: Math.max(before, at - REACH), candidate: at + CHANGE_RULE.least - 1 };
  return nomineeBetween(series, span, { ratio, ground: "change", causes });
}

/**
 * What stands out tonight may have stood out for some nights: the change is where it began.
 * @returns undefined where the series has no point before
 */
export function outlierNominee({ series, levelMs, off, limit }: Outlier): Nominee | undefined {
  const { points } = series;
  const newest = points.at(-1);
  if (!newest) return undefined;
  const isOff = (ownMs: number) => Math.log(ownMs / levelMs) / off > 0.5;
  const before = points.findLastIndex(({ ownMs }) => !isOff(ownMs));
  const shared = newest.ms / newest.ownMs;
  return nomineeBetween(
    series,
    { base: before, candidate: before + 1 },
    {
      ratio: Math.exp(off),
      ground: "outlier",
      expected: [levelMs * Math.exp(-limit) * shared, levelMs * Math.exp(limit) * shared],
      causes: [],
    },
  );
}

function nomineeBetween(
  { cell, machine, points }: Series,
  span: { readonly base: number; readonly candidate: number },
  told: Pick<Nominee, "ratio" | "ground" | "causes" | "expected">,
): Nominee | undefined {
  const [base, candidate, newest] = [points[span.base]?.run, points[span.candidate]?.run, points.at(-1)?.run];
  if (!base || !candidate || !newest) return undefined;
  const unpairable = whyUnpairable(base, candidate);
  return {
    key: [machine, cell, base.id, candidate.id].join(" "),
    cell,
    machine,
    direction: told.ratio > 1 ? "slower" : "faster",
    ...told,
    base,
    candidate,
    newest,
    ...(unpairable !== undefined && { unpairable }),
  };
}

function whyUnpairable(base: HistoryRun, candidate: HistoryRun): string | undefined {
  if (base.simulated !== undefined || candidate.simulated !== undefined)
    return "Simulated runs are of no build. Nothing can be measured again.";
  if (base.commit === null || candidate.commit === null)
    return "A run without a commit cannot be built again. Measure from a checkout of git.";
  if (base.dirty || candidate.dirty)
    return "A run of changes that were not committed cannot be built again. Commit, and measure anew.";
  if (base.commit === candidate.commit)
    return "Both runs are of one commit: the code did not change. See what else did.";
  return undefined;
}
