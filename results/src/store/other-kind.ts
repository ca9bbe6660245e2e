/** What this program writes beside runs, by the `kind` that it begins with, and what to do with it. */
const OTHERS: Readonly<Record<string, (path: string) => string>> = {
  builds: (path) => `${path} is a comparison of two builds, not a run. Give a file that mnb run wrote.`,
  start: (path) => `${path} is a calibration, not a run. See it with mnb calibrate --from ${path}.`,
};

/** What to say of JSON of ours that is no run; undefined where it is none of ours. */
export function otherKind(path: string, json: unknown): string | undefined {
  if (typeof json !== "object" || json === null || !("kind" in json)) return undefined;
  const { kind } = json;
  return typeof kind === "string" && Object.hasOwn(OTHERS, kind) ? OTHERS[kind]?.(path) : undefined;
}

/** The same of what is no JSON as a whole, and may have a line of it for each record. */
export function otherKindOfLines(path: string, text: string): string | undefined {
  const [first = ""] = text.split("\n", 1);
  try {
    return otherKind(path, JSON.parse(first));
  } catch {
    return undefined;
  }
}
