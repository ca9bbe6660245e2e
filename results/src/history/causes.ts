import { factChanges } from "./facts.ts";
import type { Cause, Facts, HistoryRun } from "./history.ts";

/** The estimate of where a small change is may be off by as many points. */
const SLACK = 2;
/** A change of the environment explains that of a cell where so large a share of the cells that it concerns changed with it. */
const MOST = 0.5;

/** A series with the places of its changes; points without facts are of what all cells share. */
export interface Explicable {
  readonly points: readonly { readonly run: HistoryRun; readonly facts?: Facts }[];
  readonly levels: readonly { readonly at: number }[];
}

/**
 * Tells what changed beside a change of level. Where nothing but the commit is another one, it is the commit; kernels that were chosen
 * otherwise follow from it. A change of the environment is the cause where half of the cells that it concerns changed with it, and it is
 * the only one of that kind. Else all that may be are named, the commit among them.
 * @param all series of one machine
 */
export function causesOf(all: readonly Explicable[]): (of: Explicable, at: number) => Cause[] {
  const explains = new Map<string, boolean>();
  const isLikely = (cause: Cause): boolean => {
    const key = keyOf(cause);
    const known = explains.get(key) ?? concernsMost(all, cause);
    explains.set(key, known);
    return known;
  };
  return (of, at) => {
    const commit = commitAt(of, at);
    const outer = near(of, at).filter(({ kind }) => kind !== "variant");
    if (outer.length === 0) return commit.length > 0 ? commit : [...changesAt(of, at)];
    // What all cells share, no cell tells: there, whatever is of the whole run is likely.
    const isShared = of.points[at]?.facts === undefined;
    const likely = isShared ? outer : outer.filter(isLikely);
    if (likely.length === 1) return likely;
    return [...(likely.length > 0 ? likely : outer), ...commit];
  };
}

function concernsMost(all: readonly Explicable[], cause: Cause): boolean {
  let [concerned, changed] = [0, 0];
  for (const series of all) {
    const at = series.points.findIndex((_, i) => changesAt(series, i).some((other) => isSame(other, cause)));
    if (at < 0) continue;
    concerned++;
    if (series.levels.some((level) => Math.abs(level.at - at) <= SLACK)) changed++;
  }
  return concerned > 0 && changed >= MOST * concerned;
}

/** What of the environment is otherwise at a point than at the one before it. */
export function changesAt({ points }: Pick<Explicable, "points">, at: number): readonly Cause[] {
  const [before, after] = [points[at - 1], points[at]];
  if (!before || !after) return [];
  const [one, other] = [before.run.facts, after.run.facts];
  // Night after night most are the same, and the same objects.
  if (one === other && before.facts === after.facts) return NONE;
  return [...factChanges(one, other), ...factChanges(before.facts ?? {}, after.facts ?? {})];
}

const NONE: readonly Cause[] = [];

function commitAt({ points }: Explicable, at: number): Cause[] {
  const [before, after] = [points[at - 1]?.run, points[at]?.run];
  if (!before || !after) return [];
  const [from, to] = [commitWord(before), commitWord(after)];
  return from === to ? [] : [{ kind: "commit", name: "commit", from, to }];
}

function commitWord({ commit, dirty }: HistoryRun): string {
  return commit === null ? "–" : `${commit.slice(0, 12)}${dirty ? " with changes" : ""}`;
}

/** Each once, the nearest points first. */
function near(series: Explicable, at: number): Cause[] {
  const places = [at, ...Array.from({ length: SLACK }, (_, i) => [at - i - 1, at + i + 1]).flat()];
  const causes = places.flatMap((place) => changesAt(series, place));
  return [...new Map(causes.map((cause) => [keyOf(cause), cause])).values()];
}

function isSame(one: Cause, other: Cause): boolean {
  return one.kind === other.kind && one.name === other.name && one.from === other.from && one.to === other.to;
}

/** The same for the same change of the environment. */
export function keyOf({ kind, name, from, to }: Cause): string {
  return JSON.stringify([kind, name, from, to]);
}
