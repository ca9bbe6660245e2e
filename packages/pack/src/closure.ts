import { existsSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { z } from "zod";
import { PackError } from "./pack-error.ts";

/** An installed package. */
export interface Package {
  readonly name: string;
  /** Where it really lies, links resolved. */
  readonly folder: string;
  /** What it depends on when it runs: folders by the names that it imports. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** Packages by their folders. */
export type Graph = ReadonlyMap<string, Package>;

const names = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  name: z.string(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).default({}),
});
type Manifest = z.infer<typeof manifestSchema>;

/**
 * The package in a folder, and all packages that it needs when it runs. `pnpm deploy` makes such a folder too, but not
 * from what is installed: with `--legacy` it resolves all versions anew, which takes a network and need not give the
 * same ones twice; without, it takes a workspace in which packages are copied to one another at every install. Neither
 * leaves out a backend, and what all of them need is 1.1 GB.
 * @param isLeftOut says of a package's name, and of the one that needs it, that it is not followed
 * @throws PackError where one that is needed is not installed
 */
export async function findPackages(
  folder: string,
  isLeftOut: (name: string, by: string) => boolean,
): Promise<Graph> {
  const found = new Map<string, Package>();
  const waiting = [await realpath(folder)];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (found.has(next)) continue;
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(next, "package.json"), "utf8")));
    const dependencies = new Map<string, string>();
    for (const { name, isOptional } of neededBy(manifest)) {
      if (isLeftOut(name, manifest.name)) continue;
      const place = await resolvePackage(next, name);
      if (place !== undefined) dependencies.set(name, place);
      else if (!isOptional)
        throw new PackError(`${name}, which ${manifest.name} needs, is not installed. Run npm start.`);
    }
    found.set(next, { name: manifest.name, folder: next, dependencies });
    waiting.push(...dependencies.values());
  }
  return found;
}

/** The folders of a package and of all that it needs, in the order found, without passing through `barriers`. */
export function reachableFrom(start: string, graph: Graph, barriers: ReadonlySet<string>): Set<string> {
  const reached = new Set([start]);
  // A set goes on with what is added while it is gone through.
  for (const folder of reached)
    for (const next of graph.get(folder)?.dependencies.values() ?? [])
      if (!barriers.has(next)) reached.add(next);
  return reached;
}

/** A peer that is optional serves those who have it anyway; a pack does without. */
function neededBy({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: Manifest) {
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const needed = new Set([...Object.keys(dependencies), ...peers]);
  const optional = Object.keys(optionalDependencies).filter((name) => !needed.has(name));
  return [
    ...[...needed].map((name) => ({ name, isOptional: Object.hasOwn(optionalDependencies, name) })),
    ...optional.map((name) => ({ name, isOptional: true })),
  ];
}

/** As Node looks packages up: in the node_modules of the folder, then of each folder above. */
async function resolvePackage(from: string, name: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return realpath(place);
    if (folder === parse(folder).root) return undefined;
  }
}
