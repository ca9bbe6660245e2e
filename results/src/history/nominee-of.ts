import type { Change, HistoryRun, Series } from "./history.ts";
import type { Nominee } from "./nominee.ts";
import type { Outlier } from "./outliers.ts";

/** @returns undefined where the series has no point before */
export function changeNominee(series: Series, { at, ratio, causes }: Change): Nominee | undefined {
  return nomineeAt(series, at, { ratio, ground: "change", causes });
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
  return nomineeAt(series, before + 1, {
    ratio: Math.exp(off),
    ground: "outlier",
    expected: [levelMs * Math.exp(-limit) * shared, levelMs * Math.exp(limit) * shared],
    causes: [],
  });
}

function nomineeAt(
  { cell, machine, points }: Series,
  at: number,
  told: Pick<Nominee, "ratio" | "ground" | "causes" | "expected">,
): Nominee | undefined {
  const [base, candidate, newest] = [points[at - 1]?.run, points[at]?.run, points.at(-1)?.run];
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
