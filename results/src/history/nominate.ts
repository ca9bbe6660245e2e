import { CHANGE_RULE } from "./change-points.ts";
import { changeNominee, outlierNominee } from "./nominee-of.ts";
import type { History, Series } from "./history.ts";
import type { Nominee } from "./nominee.ts";
import { outliers } from "./outliers.ts";

/** A change point nominates for as long as its new level has no more points: until then it can have been found just now. */
const RECENT_POINTS = CHANGE_RULE.window / 2;

/**
 * Which cells the paired job should look at, the largest change first: those whose newest figures stand out from the ones before, and
 * those with a change point of late. Each once, as an outlier where it is both, since that tells the commit. Cells on software GPUs
 * are never nominated.
 * @param tonight ids of the night's runs, all shards of it
 */
export function nominate({ series }: Pick<History, "series">, tonight: readonly string[]): Nominee[] {
  const ids = new Set(tonight);
  const newest = series.filter(({ software, points }) => !software && ids.has(points.at(-1)?.run.id ?? ""));
  const lines = Map.groupBy(newest, ({ machine, kind, basis }) => `${machine} ${kind} ${basis}`);
  const nominees = [...lines.values()].flatMap((members) => [
    ...outliers(members).flatMap((outlier) => outlierNominee(outlier) ?? []),
    ...members.flatMap(recentChange),
  ]);
  const once = new Map(nominees.toReversed().map((one) => [`${one.machine} ${one.cell}`, one]));
  return [...once.values()].toSorted((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)));
}

function recentChange(series: Series): Nominee[] {
  const change = series.changes.at(-1);
  if (!change || series.points.length - change.at > RECENT_POINTS) return [];
  return [changeNominee(series, change)].filter((nominee) => nominee !== undefined);
}
