import { cloneFolder } from "../folders.ts";
import { UsageError } from "../usage-error.ts";

/**
 * The clone that this program runs from, for commands that a pack and an installed package do without.
 *
 * @param what the command does with it: "Packs are made of"
 * @param command its name
 * @throws UsageError where there is none
 */
export function requireClone(what: string, command: string): string {
  const clone = cloneFolder();
  if (clone === undefined) throw new UsageError(`${what} a clone of the project. Run mnb ${command} in one.`);
  return clone;
}
