import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { parse, stringify } from "yaml";
import { z } from "zod";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const pnpm = join(root, "node_modules", "pnpm", "bin", "pnpm.cjs");

/** Tarballs that are unpacked at once need not be small. */
const FAST = "--pack-gzip-level=1";

const dependencies = z
  .record(z.string(), z.object({ specifier: z.string(), version: z.string() }))
  .default({});
const lockSchema = z.looseObject({
  lockfileVersion: z.string(),
  settings: z.unknown(),
  importers: z.record(
    z.string(),
    z.object({ dependencies, optionalDependencies: dependencies, devDependencies: dependencies }),
  ),
  packages: z.record(z.string(), z.unknown()),
  snapshots: z.record(z.string(), z.unknown()),
});
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
});

/** A package of the workspace as it would be published. */
interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  /** Of its source in the workspace, as the lock file names it. */
  readonly importer: string;
}

/**
 * Packs all packages of the workspace that are published and installs them together into `folder`, which is empty: by pnpm, at the
 * versions of the workspace's lock file, from the store that the set-up filled.
 * @param tools of the workspace's own, by name: what else the folder gets
 */
export async function installTarballs(folder: string, tools: readonly string[]): Promise<readonly Tarball[]> {
  const tarballs = await packAll(join(folder, "tarballs"));
  const lock = lockSchema.parse(parse(await readFile(join(root, "pnpm-lock.yaml"), "utf8")));
  const wanted = Object.fromEntries([
    ...tarballs.map(({ name, path }) => [name, { specifier: fileOf(path), version: fileOf(path) }] as const),
    ...tools.map((name) => [name, exactly(versionOf(lock, name))] as const),
  ]);
  const { packages, snapshots } = await lockTarballs(tarballs, lock);
  const { lockfileVersion, settings } = lock;
  const importers = { ".": { dependencies: wanted } };
  await writeFile(
    join(folder, "pnpm-lock.yaml"),
    stringify({ lockfileVersion, settings, importers, packages, snapshots }),
  );
  const specifiers = Object.entries(wanted).map(([name, { specifier }]) => [name, specifier] as const);
  const manifest = { private: true, type: "module", dependencies: Object.fromEntries(specifiers) };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  // Its own root: none of the folders above counts.
  await writeFile(join(folder, "pnpm-workspace.yaml"), "packages: []\n");
  await run(["install", "--frozen-lockfile", "--prefer-offline", "--ignore-scripts"], folder);
  return tarballs;
}

/** Packages that are private serve the workspace alone. */
async function packAll(destination: string): Promise<Tarball[]> {
  await mkdir(destination, { recursive: true });
  const importers = [
    "harness",
    "results",
    ...(await readdir(join(root, "packages"))).map((name) => `packages/${name}`),
  ];
  const all = await Promise.all(
    importers.map(async (importer) => {
      const text = await readFile(join(root, importer, "package.json"), "utf8");
      return { importer, ...manifestSchema.parse(JSON.parse(text)) };
    }),
  );
  const published = all.filter((one) => !one.private);
  const filters = published.map(({ name }) => `--filter=${name}`);
  await run(["--recursive", ...filters, "pack", `--pack-destination=${destination}`, FAST], root);
  return published.map(({ name, version, importer }) => {
    const file = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
    return { name, version, importer, path: join(destination, file) };
  });
}

type Lock = z.infer<typeof lockSchema>;

/** What a lock file says of the tarballs: they need one another, and what the workspace's packages need. */
async function lockTarballs(tarballs: readonly Tarball[], lock: Lock) {
  const packages = { ...lock.packages };
  const snapshots = { ...lock.snapshots };
  for (const { name, version, path, importer } of tarballs) {
    const integrity = `sha512-${createHash("sha512")
      .update(await readFile(path))
      .digest("base64")}`;
    packages[`${name}@${fileOf(path)}`] = { resolution: { integrity, tarball: fileOf(path) }, version };
    const { dependencies, optionalDependencies } = lock.importers[importer] ?? lockOf(importer);
    snapshots[`${name}@${fileOf(path)}`] = {
      dependencies: resolve(dependencies, tarballs),
      optionalDependencies: resolve(optionalDependencies, tarballs),
    };
  }
  return { packages, snapshots };
}

function resolve(wanted: z.infer<typeof dependencies>, tarballs: readonly Tarball[]) {
  return Object.fromEntries(
    Object.entries(wanted).map(([name, { version }]) => {
      const own = tarballs.find((tarball) => tarball.name === name);
      return [name, own ? fileOf(own.path) : version];
    }),
  );
}

function versionOf(lock: Lock, tool: string): string {
  for (const { dependencies, devDependencies } of Object.values(lock.importers)) {
    const found = dependencies[tool] ?? devDependencies[tool];
    if (found) return found.version;
  }
  throw new Error(`the workspace has no ${tool}`);
}

function lockOf(importer: string): never {
  throw new Error(`the lock file knows nothing of ${importer}`);
}

const exactly = (version: string) => ({ specifier: version.replace(/\(.*/, ""), version });
const fileOf = (path: string) => `file:tarballs/${basename(path)}`;

async function run(args: readonly string[], cwd: string) {
  await execa(process.execPath, [pnpm, ...args], { cwd, stdin: "ignore", all: true });
}
