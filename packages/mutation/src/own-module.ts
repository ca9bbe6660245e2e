import { fileURLToPath } from "node:url";

/** The path of a module of this package, by its name. */
export function ownModule(name: string): string {
  return fileURLToPath(new URL(`${name}.js`, import.meta.url));
}
