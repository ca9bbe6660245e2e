import { describeComparison, type PairedComparison } from "../pairs/index.ts";
import { benjaminiHochberg } from "../statistics/index.ts";
import type { ComparedCell } from "./comparison.ts";

/** Whether a first job's verdict asks for an independent one: a change counts only where that says the same. */
export function asksForConfirmation({ verdict }: Pick<PairedComparison, "verdict">): boolean {
  return verdict === "slower" || verdict === "faster";
}

/**
 * What the jobs of a cell come to.
 * @returns undefined where the second job is still missing
 */
export function outcomeOf(
  first: Pick<PairedComparison, "verdict">,
  second: Pick<PairedComparison, "verdict"> | undefined,
): ComparedCell["outcome"] | undefined {
  if (!asksForConfirmation(first)) return first.verdict;
  if (!second) return undefined;
  return second.verdict === first.verdict ? first.verdict : "unconfirmed";
}

/** The cells with their q-values, which depend on all of them. */
export function withQValues(cells: readonly Omit<ComparedCell, "q">[]): ComparedCell[] {
  const qs = benjaminiHochberg(cells.map(({ first }) => first.p));
  return cells.map((cell, i) => ({ ...cell, q: qs[i] ?? 1 }));
}

/** What both jobs of a cell said, in a line. */
export function outcomeWords({
  first,
  second,
  outcome,
}: Pick<ComparedCell, "first" | "second" | "outcome">): string {
  const words = describeComparison(second ?? first);
  return outcome === "unconfirmed" ? `${describeComparison(first)}; not confirmed: ${words}` : words;
}
