import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { createAsker, type Asker } from "../ask/known.ts";
import { BACKEND_IDS, BACKENDS } from "../registry/backends.ts";
import type { BrowserOptions } from "../target/browser/browser-options.ts";
import { createTargets } from "../target/targets.ts";

/** A built checkout that runners can be opened from. */
export interface Build {
  /** As the user wrote it. */
  readonly word: string;
  readonly kind: "working-tree" | "ref" | "tarball" | "folder" | "peer";
  /** The folder of the checkout. */
  readonly root: string;
  /** Null where it is not known, as of most tarballs. */
  readonly commit: string | null;
  /** Whether its sources differ from the commit's; null where that cannot be told. */
  readonly dirty: boolean | null;
  /** The same for the same sources and libraries, wherever they lie. */
  readonly identity: string;
}

/** The targets whose runners are the build's. Those of one build share their browsers, and no others do. */
export function targetsOf({ root }: Pick<Build, "root">, browser: BrowserOptions = {}) {
  const dist = join(root, "harness", "dist");
  return createTargets(browser, { main: join(dist, "target", "node-main.js"), page: join(dist, "page") });
}

/** Asks the build's own backends, in its own processes. */
export function askerOf({ root }: Pick<Build, "root">): Asker {
  return createAsker(join(root, "harness", "dist", "ask", "ask-main.js"));
}

const manifestSchema = z.object({ version: z.string() });

/** The versions of the libraries that a build has installed, by the names of their packages. */
export async function libraryVersions({ root }: Pick<Build, "root">): Promise<Record<string, string>> {
  const packages = join(root, "packages");
  const folders = existsSync(packages) ? await readdir(packages) : [];
  const names = new Set(BACKEND_IDS.flatMap((id) => BACKENDS[id].library ?? []));
  const found: Record<string, string> = {};
  for (const name of names)
    for (const folder of folders) {
      const path = join(packages, folder, "node_modules", name, "package.json");
      if (!existsSync(path)) continue;
      found[name] = manifestSchema.parse(JSON.parse(await readFile(path, "utf8"))).version;
      break;
    }
  return found;
}
