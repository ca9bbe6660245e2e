import { clopperPearson } from "../statistics/index.ts";
import type { Rate } from "../pairs/index.ts";
import type { Night } from "./night.ts";

/** What all nights so far say together of nominations and alerts. */
export interface NightsSoFar {
  readonly nights: number;
  /** Each change once, however many nights nominated it. */
  readonly nominated: number;
  /** Of these, those that pairs have judged. */
  readonly paired: number;
  /** Of those, how many turned out to be nothing: pairs said `same`, or the second job did not say what the first said. */
  readonly unfounded: Rate;
  /** Alerts that were opened, and those of them that were found gone. */
  readonly opened: number;
  readonly closed: number;
}

/** What one change came to: `unknown` says nothing, and another night may judge it. */
const UNFOUNDED: ReadonlySet<string> = new Set(["same", "unconfirmed"]);
const FOUNDED: ReadonlySet<string> = new Set(["slower", "faster"]);

/** Nights of simulated runs do not count. */
export function nightsSoFar(all: readonly Night[]): NightsSoFar {
  const nights = all.filter(({ simulated }) => !simulated).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  // The newest word on each change.
  const outcomes = new Map(
    nights.flatMap(({ nominees }) => nominees.map(({ key, outcome }) => [key, outcome] as const)),
  );
  const count = (of: ReadonlySet<string>) =>
    [...outcomes.values()].filter((outcome) => of.has(outcome)).length;
  const [unfounded, founded] = [count(UNFOUNDED), count(FOUNDED)];
  const paired = unfounded + founded;
  return {
    nights: nights.length,
    nominated: outcomes.size,
    paired,
    unfounded: {
      count: unfounded,
      of: paired,
      bounds: paired === 0 ? [0, 1] : [...clopperPearson(unfounded, paired)],
    },
    opened: nights.reduce((sum, { opened }) => sum + opened.length, 0),
    closed: nights.reduce((sum, { closed }) => sum + closed.length, 0),
  };
}
