import { UsageError } from "../usage-error.ts";

/**
 * The machine of that id, or the only one whose id begins so.
 * @throws UsageError where it is not exactly one
 */
export function machineNamed(known: readonly string[], name: string): string {
  const found = known.includes(name) ? [name] : known.filter((id) => id.startsWith(name));
  const [id] = found;
  if (id !== undefined && found.length === 1) return id;
  const fact =
    id === undefined ? `No run is of a machine "${name}".` : `"${name}" is the beginning of several.`;
  throw new UsageError(`${fact} Use ${known.join(", ")}.`);
}
