import { realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import type { BackendId } from "../backends.ts";
import { UsageError } from "../usage-error.ts";
import type { Entry } from "./archive.ts";
import { findPackages, reachableFrom } from "./closure.ts";
import { ALWAYS, CONTENTS, NEVER_PACKED, TAKEN_ALONE, type Contents } from "./contents.ts";
import { byCodeUnits, isNeeded, listFiles } from "./files.ts";
import { layOut } from "./layout.ts";
import { PACK_FILE, type Pack } from "./manifest.ts";
import { launcher, readme } from "./texts.ts";

/** What a pack's size is told of. */
export interface Part {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** The root of every pack, so that unpacking makes one folder. */
const ROOT = "mobilenet-bench";
const HARNESS = "@mobilenet-bench/harness";

/**
 * Everything that a pack holds: the Node that runs here, the harness, its page, and each chosen package of backends,
 * each with what no part before it has.
 * @param project the root of the clone
 * @throws UsageError where one of the backends cannot be packed, or something is not installed or not built
 */
export async function gatherParts(
  project: string,
  pack: Pack,
  chosen: readonly BackendId[],
): Promise<Part[]> {
  const packages = chosenPackages(chosen);
  const libraries = unwantedLibraries(chosen);
  const isLeftOut = (name: string, by: string) =>
    TAKEN_ALONE.includes(by) ||
    libraries.has(name) ||
    (isOfBackends(name) && !packages.has(name)) ||
    name.startsWith("@types/");
  const harness = await realpath(join(project, "harness"));
  const graph = await findPackages(harness, isLeftOut);
  const places = Map.groupBy(layOut(graph, harness, "lib"), ([, folder]) => folder);

  const starts = new Map([["harness", harness]]);
  for (const [name, ids] of packages) {
    const folder = graph.get(harness)?.dependencies.get(name);
    // What the contract's package brings, everything needs.
    if (folder !== undefined && !ids.includes("reference")) starts.set(ids.join(", "), folder);
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
    const entries: Entry[] = name === "harness" ? [...rootEntries(project, pack)] : [];
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
  parts.push({ name: "page", entries: await pageEntries(harness, chosen) });
  return parts.map(({ name, entries }) => ({
    name,
    entries: entries
      .map((entry) => ({ ...entry, path: `${ROOT}/${entry.path}` }))
      .toSorted((a, b) => byCodeUnits(a.path, b.path)),
  }));
}

/** The chosen backends and those without which nothing runs, in the order of listings. */
export function withThoseAlwaysThere(chosen: readonly BackendId[], all: readonly BackendId[]): BackendId[] {
  return all.filter((id) => chosen.includes(id) || ALWAYS.includes(id));
}

function rootEntries(project: string, pack: Pack): Entry[] {
  return [
    { path: "mnb", content: launcher(`lib/node_modules/${HARNESS}/dist/cli/main.js`), isExecutable: true },
    { path: "README", content: readme(pack) },
    { path: "LICENSE", content: { file: join(project, "LICENSE") } },
    { path: PACK_FILE, content: `${JSON.stringify(pack, null, 2)}\n` },
  ];
}

/** The page knows every backend that pages can load; what is large is left out with its backend. */
async function pageEntries(harness: string, chosen: readonly BackendId[]): Promise<Entry[]> {
  const folder = join(harness, "dist", "page");
  const unwanted = contentsOfOthers(chosen).flatMap(({ pageFiles }) => pageFiles ?? []);
  const files = await listFiles(folder);
  return files
    .filter((path) => !unwanted.some((pattern) => pattern.test(basename(path))))
    .map((path) => ({
      path: `lib/node_modules/${HARNESS}/dist/page/${path}`,
      content: { file: join(folder, path) },
    }));
}

/** Ids by the packages that hold them. */
function chosenPackages(chosen: readonly BackendId[]): Map<string, BackendId[]> {
  const packages = new Map<string, BackendId[]>();
  for (const id of chosen) {
    const contents = CONTENTS[id];
    if ("reason" in contents) throw new UsageError(`${contents.reason} ${contents.remedy}`);
    packages.set(contents.package, [...(packages.get(contents.package) ?? []), id]);
  }
  return packages;
}

function unwantedLibraries(chosen: readonly BackendId[]): Set<string> {
  const unwanted = contentsOfOthers(chosen).flatMap(({ libraries }) => libraries ?? []);
  return new Set([...unwanted, ...NEVER_PACKED]);
}

function isOfBackends(name: string): boolean {
  return Object.values(CONTENTS).some((contents) => "package" in contents && contents.package === name);
}

function contentsOfOthers(chosen: readonly string[]): Contents[] {
  return Object.entries(CONTENTS).flatMap(([id, contents]) =>
    "package" in contents && !chosen.includes(id) ? [contents] : [],
  );
}
