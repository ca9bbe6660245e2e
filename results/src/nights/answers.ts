import type { ComparedCell, Comparison } from "../comparison/index.ts";

/** Two commits and a cell on a machine. */
export interface PairQuestion {
  readonly cell: string;
  readonly machine: string;
  readonly base: string | null;
  readonly candidate: string | null;
}

/** What two jobs said of a cell; or why nothing could be compared. */
export type PairAnswer =
  | { readonly compared: true; readonly cell: ComparedCell; readonly comparison: Comparison }
  | { readonly compared: false; readonly reason: string; readonly comparison: Comparison };

/** The newest answer of finished comparisons, where one has that cell of those commits on that machine. */
export function answerTo(
  { cell, machine, base, candidate }: PairQuestion,
  comparisons: readonly Comparison[],
): PairAnswer | undefined {
  if (!isCommit(base) || !isCommit(candidate)) return undefined;
  const fitting = comparisons
    .filter(
      (one) =>
        one.complete &&
        one.environment.machine === machine &&
        isOf(one.base, base) &&
        isOf(one.candidate, candidate),
    )
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  for (const comparison of fitting) {
    const found = comparison.cells.find(({ id }) => id === cell);
    if (found?.status === "compared") return { compared: true, cell: found, comparison };
    if (found) return { compared: false, reason: `${found.status}: ${found.reason}`, comparison };
  }
  return undefined;
}

/** Whether it can be nothing but the whole hash of a commit: run files may be anybody's, and words become commands. */
export function isCommit(text: string | null): text is string {
  return text !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** What had changes that were not committed is no build of its commit. */
function isOf({ commit, dirty }: Comparison["base"], wanted: string): boolean {
  return commit === wanted && dirty !== true;
}
