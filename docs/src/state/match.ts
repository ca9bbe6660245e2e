/**
 * Whether patterns let a name through: some of those without `!` fits it, or there is none such, and none with `!` does.
 * `*` stands for any characters, as in the shell.
 */
export function matches(name: string, patterns: readonly string[]): boolean {
  const [without, wanted] = split(patterns);
  const isWanted = wanted.length === 0 || wanted.some((pattern) => fits(name, pattern));
  return isWanted && !without.some((pattern) => fits(name, pattern));
}

function split(
  patterns: readonly string[],
): readonly [without: readonly string[], wanted: readonly string[]] {
  const groups = Map.groupBy(patterns, (pattern) => pattern.startsWith("!"));
  return [(groups.get(true) ?? []).map((pattern) => pattern.slice(1)), groups.get(false) ?? []];
}

/** Without a regular expression: a pattern from an address must not be able to take for ever. */
function fits(name: string, pattern: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last))
    return false;
  let from = first.length;
  const end = name.length - last.length;
  for (const part of parts) {
    const found = name.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
