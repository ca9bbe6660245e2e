import { realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Entry } from "./archive.ts";
import type { Backends, Contents } from "./backend.ts";
import { findPackages, reachableFrom } from "./closure.ts";
import type { Facts } from "./facts.ts";
import { byCodeUnits, isNeeded, listFiles } from "./files.ts";
import { layOut } from "./layout.ts";
import { NEVER_PACKED, TAKEN_ALONE } from "./libraries.ts";
import { PackError } from "./pack-error.ts";
import { launcher, readme } from "./texts.ts";

/** What a pack's size is told of. */
export interface Part {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** The root of every pack, so that unpacking makes one folder. */
const ROOT = "mobilenet-bench";
const HARNESS = "@mobilenet-bench/harness";
/** Every backend needs it: what it brings is the harness's part. */
const CONTRACT = "@mobilenet-bench/backend";

/** What is packed, of what. */
export interface Selection {
  /** The root of the clone. */
  readonly project: string;
  readonly facts: Facts;
  /** The file in the root of the pack that the facts are written to. */
  readonly factsFile: string;
  /** All backends; those of the facts are packed. */
  readonly backends: Backends;
}

/**
 * Everything that a pack holds: the Node that runs here, the harness, its page, and each chosen package of backends,
 * each with what no part before it has.
 * @throws PackError where one of the backends cannot be packed, or something is not installed
 */
export async function gatherParts(selection: Selection): Promise<Part[]> {
  const { project, backends } = selection;
  const packages = chosenPackages(selection);
  const others = contentsOfOthers(selection);
  const libraries = new Set([...others.flatMap(({ libraries: own }) => own ?? []), ...NEVER_PACKED]);
  const isLeftOut = (name: string, by: string) =>
    TAKEN_ALONE.includes(by) ||
    libraries.has(name) ||
    (isOfBackends(name, backends) && !packages.has(name)) ||
    name.startsWith("@types/");
  const harness = await realpath(join(project, "harness"));
  const graph = await findPackages(harness, isLeftOut);
  const places = Map.groupBy(layOut(graph, harness, "lib"), ([, folder]) => folder);

  const starts = new Map([["harness", harness]]);
  for (const [name, ids] of packages) {
    const folder = graph.get(harness)?.dependencies.get(name);
    if (folder !== undefined && name !== CONTRACT) starts.set(ids.join(", "), folder);
  }
  const barriers = new Set(starts.values());
  const taken = new Set<string>();
  const parts: Part[] = [
    {
      name: "runtime",
      entries: [{ path: "bin/node", content: { file: process.execPath }, isExecutable: true }],
    },
  ];
  for (const [name, start] of starts) {
    const entries: Entry[] = name === "harness" ? rootEntries(selection) : [];
    for (const folder of reachableFrom(start, graph, barriers)) {
      if (taken.has(folder)) continue;
      taken.add(folder);
      const needed = (await listFiles(folder)).filter((path) =>
        isNeeded(graph.get(folder)?.name ?? "", path),
      );
      for (const [place] of places.get(folder) ?? [])
        for (const path of needed)
          entries.push({ path: `${place}/${path}`, content: { file: join(folder, path) } });
    }
    parts.push({ name, entries });
  }
  parts.push({ name: "page", entries: await pageEntries(harness, others) });
  return parts.map(({ name, entries }) => ({
    name,
    entries: entries
      .map((entry) => ({ ...entry, path: `${ROOT}/${entry.path}` }))
      .toSorted((a, b) => byCodeUnits(a.path, b.path)),
  }));
}

function rootEntries({ project, facts, factsFile }: Selection): Entry[] {
  return [
    { path: "mnb", content: launcher(`lib/node_modules/${HARNESS}/dist/cli/main.js`), isExecutable: true },
    { path: "README", content: readme(facts) },
    { path: "LICENSE", content: { file: join(project, "LICENSE") } },
    { path: factsFile, content: `${JSON.stringify(facts, null, 2)}\n` },
  ];
}

/** The page knows every backend that pages can load; what is large is left out with its backend. */
async function pageEntries(harness: string, others: readonly Contents[]): Promise<Entry[]> {
  const folder = join(harness, "dist", "page");
  const unwanted = others.flatMap(({ pageFiles }) => pageFiles ?? []);
  const files = await listFiles(folder);
  return files
    .filter((path) => !unwanted.some((pattern) => pattern.test(basename(path))))
    .map((path) => ({
      path: `lib/node_modules/${HARNESS}/dist/page/${path}`,
      content: { file: join(folder, path) },
    }));
}

/** Ids by the packages that hold them. */
function chosenPackages({ facts, backends }: Selection): Map<string, string[]> {
  const packages = new Map<string, string[]>();
  for (const id of facts.backends) {
    const contents = backends.get(id);
    if (!contents)
      throw new PackError(`There is no backend ${id}. Choose among ${[...backends.keys()].join(", ")}.`);
    if ("reason" in contents) throw new PackError(`${contents.reason} ${contents.remedy}`);
    packages.set(contents.package, [...(packages.get(contents.package) ?? []), id]);
  }
  return packages;
}

function isOfBackends(name: string, backends: Backends): boolean {
  return [...backends.values()].some((contents) => "package" in contents && contents.package === name);
}

function contentsOfOthers({ facts, backends }: Selection): Contents[] {
  return [...backends].flatMap(([id, contents]) =>
    "package" in contents && !facts.backends.includes(id) ? [contents] : [],
  );
}
