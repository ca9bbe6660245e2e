/** Longer than a browser takes that is asked to tell at once. */
const PATIENCE_MS = 2000;

/**
 * Memory of this page and its workers in bytes, by `performance.measureUserAgentSpecificMemory`, which only some
 * browsers have, and only for pages that are cross-origin isolated. Some tell with their next collection of garbage,
 * which may be half a minute away: that is not waited for.
 * @returns undefined where the browser does not tell, or not soon
 */
export async function pageBytes(
  performance: object,
  patienceMs: number = PATIENCE_MS,
): Promise<number | undefined> {
  const measure: unknown = Reflect.get(performance, "measureUserAgentSpecificMemory");
  if (typeof measure !== "function") return undefined;
  const told: unknown = await Promise.race([
    // A page that is not isolated is refused: it is not told either.
    Promise.resolve(Reflect.apply(measure, performance, [])).catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, patienceMs)),
  ]);
  const bytes: unknown = Reflect.get(Object(told), "bytes");
  return typeof bytes === "number" && bytes > 0 ? bytes : undefined;
}
