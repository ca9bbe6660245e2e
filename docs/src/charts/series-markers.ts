import { significant, type Cause, type EnvironmentChange, type Series } from "@mobilenet-bench/results";
import { dayText } from "./time-scale.ts";

/** What is marked in a series at one moment. */
export interface SeriesMarker {
  /** In milliseconds since 1970. */
  readonly moment: number;
  /** Whether the level changed: else only the environment did. */
  readonly isChange: boolean;
  readonly words: string;
}

/** Changes of level with what may be their cause, and changes of the environment that no level changed with; in the order of time. */
export function markersOf(
  { points, changes }: Pick<Series, "points" | "changes">,
  environment: readonly EnvironmentChange[],
): SeriesMarker[] {
  const levels = changes.flatMap(({ at, ratio, causes }): SeriesMarker[] => {
    const run = points[at]?.run;
    if (!run) return [];
    const what = causes.length === 0 ? "nothing known" : causes.map(causeWords).join(" or ");
    return [
      {
        moment: Date.parse(run.startedAt),
        isChange: true,
        words: `${dayText(Date.parse(run.startedAt))}  × ${significant(ratio, ratio < 1 ? 3 : 4)}: ${what}`,
      },
    ];
  });
  const told = new Set(changes.flatMap(({ causes }) => causes.map(causeWords)));
  const others = environment
    .filter((change) => !told.has(causeWords(change)))
    .map((change): SeriesMarker => {
      const moment = Date.parse(change.run.startedAt);
      return { moment, isChange: false, words: `${dayText(moment)}  ${causeWords(change)}` };
    });
  return [...levels, ...others].toSorted((a, b) => a.moment - b.moment);
}

function causeWords({ name, from, to }: Cause): string {
  return `${name} ${from} → ${to}`;
}
