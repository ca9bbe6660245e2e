import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isCheckFault, type Fault } from "@mobilenet-bench/backend/faults";

/** A fault, and the folder of the package that it belongs to. */
export type FoundFault<Of extends Fault = Fault> = Of & { readonly folder: string };

/**
 * The faults of all packages of a clone: each lists those of its own sources in `faults/index.ts`. Those of backends
 * come first, by package, then those of the check itself.
 *
 * @param project the root of the clone
 */
export async function findFaults(project: string): Promise<readonly FoundFault[]> {
  const packages = await readdir(join(project, "packages"));
  const folders = [
    ...packages.toSorted().map((name) => join(project, "packages", name)),
    join(project, "harness"),
  ];
  const found = await Promise.all(folders.map(faultsIn));
  return found.flat().toSorted((a, b) => Number(isCheckFault(a)) - Number(isCheckFault(b)));
}

async function faultsIn(folder: string): Promise<readonly FoundFault[]> {
  const path = join(folder, "faults", "index.ts");
  if (!existsSync(path)) return [];
  const { FAULTS }: { readonly FAULTS: readonly Fault[] } = await import(pathToFileURL(path).href);
  return FAULTS.map((fault) => ({ ...fault, folder }));
}
