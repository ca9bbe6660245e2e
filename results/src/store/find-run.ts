import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { runFiles } from "./run-files.ts";
import { runIdIn } from "./run-head.ts";
import { StoreError } from "./store-error.ts";

/** Of the names of files and ids: the day of the run. */
const DAY = "2026-11-22".length;
const NO_RUN = "There is no stored run. Make one with mnb run, or give a file.";

/**
 * The run file that a user means: a path; `latest`, the one written last; or a run's id, the name of its file or the
 * hash in that name, of each as much as fits one run only.
 * @param folders where runs are stored; the latest is looked for in the first alone
 * @throws StoreError where there is none or more than one
 */
export async function findRun(name: string, folders: readonly [string, ...string[]]): Promise<string> {
  if (name === "latest") return latest(folders[0]);
  if (/[/\\]|\.json$/.test(name)) return name;
  const paths = (await Promise.all(folders.map(runFiles))).flat();
  if (paths.length === 0) throw new StoreError(NO_RUN);
  const found: string[] = [];
  for (const path of paths) {
    const names = await namesOf(path, name);
    if (names.includes(name)) return path;
    if (names.some((one) => one.startsWith(name))) found.push(path);
  }
  const [path] = found;
  if (path !== undefined && found.length === 1) return path;
  const remedy = "Give a run file, an id, or latest.";
  if (path === undefined) throw new StoreError(`There is no run "${name}". ${remedy}`);
  const several = found.map((one) => basename(one, ".json")).join(", ");
  throw new StoreError(
    `"${name}" is the beginning of several runs: ${several}. Give more of the one you mean.`,
  );
}

/** The names of all runs that are stored, without opening a file. */
export async function listRuns(folders: readonly string[]): Promise<string[]> {
  const paths = (await Promise.all(folders.map(runFiles))).flat();
  return paths.map((path) => basename(path, ".json"));
}

async function latest(folder: string): Promise<string> {
  const paths = await runFiles(folder);
  const written = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const last = written.toSorted((a, b) => b.at - a.at)[0];
  if (last) return last.path;
  throw new StoreError(NO_RUN);
}

/** What a run goes by. Its id stands in the file, which is opened only where the day agrees. */
async function namesOf(path: string, wanted: string): Promise<string[]> {
  const stem = basename(path, ".json");
  const names = [stem, stem.slice(DAY + 1)];
  const isOfTheDay = stem.slice(0, DAY).startsWith(wanted.slice(0, DAY));
  const id = isOfTheDay ? await runIdIn(path) : undefined;
  return id === undefined ? names : [...names, id];
}
