import { readFile } from "node:fs/promises";
import { satisfies } from "semver";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { workspaceFolders } from "../setup/stamp.mjs";

// What the lock file promises machines that nobody here has: it can be resolved where a registry lacks packages, which
// then stay missing without a word.

const root = new URL("../../", import.meta.url);
const versions = z.record(z.string(), z.string()).default({});
const dependencies = z.record(z.string(), z.object({ version: z.string() })).default({});
const lockSchema = z.object({
  importers: z.record(z.string(), z.object({ dependencies, optionalDependencies: dependencies })),
  packages: z.record(z.string(), z.object({ engines: z.object({ node: z.string().optional() }).optional() })),
  snapshots: z.record(z.string(), z.object({ dependencies: versions, optionalDependencies: versions })),
});
const lock = lockSchema.parse(parse(await readFile(new URL("pnpm-lock.yaml", root), "utf8")));

/** By system and processor, as packages of binaries are named. */
const MACHINES: Readonly<Record<string, RegExp>> = {
  "Linux x64": /linux-(x64|64)/,
  "Linux arm64": /linux-arm64/,
  "macOS x64": /darwin-(x64|64)/,
  "macOS arm64": /darwin-arm64/,
  "Windows x64": /(win32|windows)-(x64|64)/,
  "Windows arm64": /(win32|windows)-arm64/,
};

it("has the binaries of every machine", () => {
  const native = Object.entries(lock.snapshots).filter(([, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).some((name) => /linux-(x64|64)/.test(name)),
  );
  expect(native.map(([id]) => id.replace(/(?<=.)@.*/, ""))).toEqual(
    expect.arrayContaining(["lightningcss", "oxlint", "oxlint-tsgolint", "rolldown", "turbo", "typescript"]),
  );
  const missing = native.flatMap(([id, { optionalDependencies }]) => {
    const names = Object.entries(optionalDependencies)
      .filter(([name, version]) => `${name}@${version}` in lock.packages)
      .map(([name]) => name);
    return Object.entries(MACHINES)
      .filter(([, pattern]) => !names.some((name) => pattern.test(name)))
      .map(([machine]) => `${id}: ${machine}`);
  });
  expect(missing).toEqual([]);
});

/** The first and the last of each line of releases, and where some lines gained what packages ask for. */
const NODES = [
  "20.0.0",
  "20.17.0",
  "20.20.2",
  "22.0.0",
  "22.9.0",
  "22.12.0",
  "22.22.0",
  "24.0.0",
  "24.21.0",
  "26.0.0",
];

it("needs no newer Node than the manifests of the packages say", async () => {
  const wrong: string[] = [];
  for (const folder of workspaceFolders(new URL(root).pathname)) {
    const text = await readFile(new URL(`${folder}/package.json`, root), "utf8");
    const { engines }: { engines: { node: string } } = JSON.parse(text);
    for (const id of reached(folder)) {
      const needed = lock.packages[id.replace(/\(.*/, "")]?.engines?.node;
      const refused = NODES.filter(
        (node) => satisfies(node, engines.node) && needed !== undefined && !satisfies(node, needed),
      );
      if (refused.length > 0) wrong.push(`${folder} says ${engines.node}, and ${id} ${needed}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** What a package of the workspace brings along, others of the workspace with theirs, as keys of `snapshots`. */
function reached(importer: string): Set<string> {
  const ids = new Set<string>();
  const visit = (id: string) => {
    if (ids.has(id)) return;
    ids.add(id);
    const snapshot = lock.snapshots[id];
    for (const [name, version] of Object.entries({
      ...snapshot?.dependencies,
      ...snapshot?.optionalDependencies,
    }))
      visit(version.includes("@") && version in lock.snapshots ? version : `${name}@${version}`);
  };
  const from = lock.importers[importer];
  for (const [name, { version }] of Object.entries({
    ...from?.dependencies,
    ...from?.optionalDependencies,
  })) {
    if (!version.startsWith("link:")) visit(`${name}@${version}`);
    else
      for (const id of reached(new URL(version.slice(5), `file:///${importer}/`).pathname.slice(1)))
        ids.add(id);
  }
  return ids;
}
