import type { Candidate, Group } from "./plan.ts";

/** Milliseconds of each candidate of a group, in the order of candidates; nothing where it was not measured. */
export type Times = readonly number[] | undefined;

/** Most dispatches of an inference, unless the groups alone are more: each costs a few microseconds of device time. */
const MAX_DISPATCHES = 16;

/**
 * The candidate of each group: the fastest where times were measured, otherwise the first. Where that makes too
 * many dispatches in all, groups go back to their best candidate of fewest dispatches, those first that lose least.
 */
export function choose(
  groups: readonly Group[],
  times: readonly Times[],
  limit = MAX_DISPATCHES,
): Candidate[] {
  const chosen = groups.map((group, i) => best(group.candidates, times[i]));
  const smallest = groups.map((group, i) => best(group.candidates, times[i], fewestOf(group)));
  const loss = (i: number) => smallest[i]!.ms - chosen[i]!.ms;
  const wider = groups
    .map((_, i) => i)
    .filter((i) => chosen[i]!.candidate.length > smallest[i]!.candidate.length)
    .toSorted((a, b) => loss(a) - loss(b));
  let count = chosen.reduce((sum, { candidate }) => sum + candidate.length, 0);
  for (const i of wider) {
    if (count <= limit) break;
    count -= chosen[i]!.candidate.length - smallest[i]!.candidate.length;
    chosen[i] = smallest[i]!;
  }
  return chosen.map(({ candidate }) => candidate);
}

/** Without candidates of more dispatches where the limit leaves no room for any. */
export function affordable(groups: readonly Group[], limit = MAX_DISPATCHES): readonly Group[] {
  const fewest = groups.reduce((sum, group) => sum + fewestOf(group), 0);
  if (fewest < limit) return groups;
  return groups.map(({ layers, candidates }) => ({
    layers,
    candidates: candidates.filter(({ length }) => length === fewestOf({ candidates })),
  }));
}

function fewestOf({ candidates }: Pick<Group, "candidates">): number {
  return Math.min(...candidates.map(({ length }) => length));
}

/** An earlier candidate, which is the better guess, gives way only to one that is faster by more than noise. */
const CLEARLY = 0.97;

interface Choice {
  readonly candidate: Candidate;
  readonly ms: number;
}

function best(candidates: readonly Candidate[], times: Times, atMost = Infinity): Choice {
  let found: Choice | undefined;
  for (const [i, candidate] of candidates.entries()) {
    const ms = times?.[i] ?? 0;
    if (candidate.length <= atMost && (!found || ms < CLEARLY * found.ms)) found = { candidate, ms };
  }
  if (!found) throw new RangeError("a group without candidates");
  return found;
}
