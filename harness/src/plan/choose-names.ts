import picomatch from "picomatch";
import { UsageError } from "../usage-error.ts";

/**
 * The known names that fit any of the patterns, in the order of listings.
 * @throws UsageError where a pattern fits none
 */
export function chooseNames<Name extends string>(
  what: string,
  patterns: readonly string[],
  known: readonly Name[],
): Name[] {
  const matchers = patterns.map((pattern) => {
    const matcher = picomatch(pattern);
    if (!known.some((name) => matcher(name))) throw unknown(what, pattern, known);
    return matcher;
  });
  return known.filter((name) => matchers.some((matcher) => matcher(name)));
}

/** @returns a UsageError that names what there is instead */
export function unknown(what: string, name: string, known: readonly string[]): UsageError {
  const remedy = known.length > 0 ? `Use ${known.join(", ")}.` : "There is none: leave it out.";
  return new UsageError(`There is no ${what} "${name}". ${remedy}`);
}
