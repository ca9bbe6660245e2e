import picomatch from "picomatch";
import { UsageError } from "../usage-error.ts";
import { matchesNames } from "./matches-names.ts";

/**
 * The known names that patterns choose, in the order of listings.
 * @throws UsageError where a pattern fits none
 */
export function chooseNames<Name extends string>(
  what: string,
  patterns: readonly string[],
  known: readonly Name[],
): Name[] {
  for (const pattern of patterns)
    if (!known.some((name) => picomatch(pattern)(name))) throw unknown(what, pattern, known);
  return known.filter(matchesNames(patterns));
}

/** @returns a UsageError that names what there is instead */
export function unknown(what: string, name: string, known: readonly string[]): UsageError {
  const remedy = known.length > 0 ? `Use ${known.join(", ")}.` : "There is none: leave it out.";
  return new UsageError(`There is no ${what} "${name}". ${remedy}`);
}
