import { median } from "simple-statistics";
import { SEQUENTIAL_RULE } from "../statistics/index.ts";
import type { FoundChange } from "./change-points.ts";

/** A change point with its size. */
export interface LevelChange extends FoundChange {
  /** ln of the new level over the old. */
  readonly step: number;
}

/**
 * How much each change point changed, from median to median of what lies between. Those that are within the margin of verdicts, which
 * is no news, are taken out, the smallest first: of a slow drift so many are left as are larger than it.
 * @param logs of the whole series
 */
export function levelChanges(logs: readonly number[], found: readonly FoundChange[]): LevelChange[] {
  const left = [...found];
  for (;;) {
    const changes = sized(logs, left);
    const smallest = changes.reduce<LevelChange | undefined>(
      (least, one) => (least === undefined || Math.abs(one.step) < Math.abs(least.step) ? one : least),
      undefined,
    );
    if (smallest === undefined || Math.abs(smallest.step) > SEQUENTIAL_RULE.margin) return changes;
    left.splice(changes.indexOf(smallest), 1);
  }
}

function sized(logs: readonly number[], found: readonly FoundChange[]): LevelChange[] {
  if (found.length === 0) return [];
  const ends = [0, ...found.map(({ at }) => at), logs.length];
  const levels = ends.slice(1).map((end, i) => median(logs.slice(ends[i] ?? 0, end)));
  return found.map((change, i) => ({ ...change, step: (levels[i + 1] ?? 0) - (levels[i] ?? 0) }));
}
