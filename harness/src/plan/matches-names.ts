import picomatch from "picomatch";

/** How one pattern without a `!` before it is told to fit a name. */
type MatcherOf = (pattern: string) => (name: string) => boolean;

/**
 * Whether names and globs choose a name: one of those without `!` before it fits, or there is none such, and none of those with
 * it does.
 */
export function matchesNames(
  patterns: readonly string[],
  matcherOf: MatcherOf = (pattern) => picomatch(pattern),
): (name: string) => boolean {
  const wanted = patterns.filter((pattern) => !isNegated(pattern)).map(matcherOf);
  const unwanted = patterns.filter(isNegated).map((pattern) => matcherOf(pattern.slice(1)));
  return (name) =>
    (wanted.length === 0 || wanted.some((fits) => fits(name))) && !unwanted.some((fits) => fits(name));
}

/** Whether a pattern takes names away. `!(a|b)` is a glob, which chooses others. */
export function isNegated(pattern: string): boolean {
  return pattern.startsWith("!") && !pattern.startsWith("!(");
}
