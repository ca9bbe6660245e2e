import { createHash } from "node:crypto";
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, join, parse, resolve } from "node:path";

/** What lies in the root of a clone, and in that of an unpacked pack. */
const MARKS = ["pnpm-workspace.yaml", "pack.json"];

/** The clone or the unpacked pack that the harness runs from; undefined where it was installed as a package. */
export function rootFolder(): string | undefined {
  for (let folder = import.meta.dirname; folder !== parse(folder).root; folder = dirname(folder))
    if (MARKS.some((mark) => existsSync(join(folder, mark)))) return folder;
  return undefined;
}

/** The clone that the harness runs from, with all sources in it; undefined in a pack and where it was installed. */
export function cloneFolder(): string | undefined {
  const root = rootFolder();
  // Where it was installed, a root above it is that of somebody else's workspace.
  return root !== undefined && dirname(import.meta.dirname) === join(root, "harness") ? root : undefined;
}

/** The clone or pack that the harness runs from; where it was installed as a package, the working folder. */
export function projectFolder(): string {
  return rootFolder() ?? process.cwd();
}

/** Everything that the harness keeps for itself; ignored by git. Beside the caller where the project is read-only. */
export function stateFolder(project = projectFolder()): string {
  const state = join(project, ".mnb");
  return isWritable(existsSync(state) ? state : project) ? state : join(process.cwd(), ".mnb");
}

/** Run files without another place, and the folders of runs that are not finished. */
export function runsFolder(): string {
  return join(stateFolder(), "runs");
}

/** Roll-ups without another place: of the usual runs, or of those in another folder, which are kept apart. */
export function rollUpsFolder(runs?: string): string {
  const folder = join(stateFolder(), "roll-ups");
  if (runs === undefined) return folder;
  const key = createHash("sha256").update(resolve(runs)).digest("hex").slice(0, 12);
  return join(stateFolder(), "roll-ups-of", key);
}

/** Nights in progress and over, and what they publish. */
export function nightsFolder(): string {
  return join(stateFolder(), "nights");
}

/** Runs that come with a clone. */
export function publishedFolder(): string {
  return join(projectFolder(), "results", "data");
}

/** What `mnb import` writes without another place. */
export function modelsFolder(): string {
  return join(stateFolder(), "models");
}

/** What `mnb pack` writes without another place. */
export function packsFolder(): string {
  return join(stateFolder(), "packs");
}

/** What `mnb site build` knows of runs from the last time. */
export function siteCacheFolder(): string {
  return join(stateFolder(), "site-cache");
}

/** What `mnb history` knows of runs from the last time. */
export function historyCacheFolder(): string {
  return join(stateFolder(), "history-cache");
}

/** What `mnb site` builds without another place. */
export function siteFolder(): string {
  return join(stateFolder(), "site");
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Calibrations without another place, and the folders of those that are not finished. */
export function calibrationsFolder(): string {
  return join(stateFolder(), "calibrations");
}
