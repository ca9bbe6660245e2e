import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { writeWhole } from "@mobilenet-bench/files";
import { comparisonSchema } from "../comparison/comparison.ts";
import { readCalibration } from "./calibrations.ts";
import { readJson } from "./read-json.ts";
import { runFiles } from "./run-files.ts";
import { runIdIn } from "./run-head.ts";
import {
  ChangedFileError,
  ForeignFileError,
  ForeignVersionError,
  StoreError,
  TornFileError,
} from "./store-error.ts";
import { HASHED_NAME, readRun, readValidated, runFileName } from "./store.ts";

/** Folders beside the run files, for what is no run. */
export const KEPT_IN = { comparison: "comparison", calibration: "calibration" } as const;

/** Why a file was left where it is. */
export type RefusalKind = "torn" | "version" | "changed" | "conflict" | "foreign";

/** A file that was not taken over, and why. */
export interface RefusedFile {
  readonly path: string;
  readonly kind: RefusalKind;
  /** With the remedy. */
  readonly reason: string;
}

/** A file that was taken over, and where it lies now. */
export interface AddedFile {
  readonly path: string;
  readonly as: string;
}

/** What a merge came to, by the paths of the files that were found. */
export interface Merged {
  /** New, with the paths that they have now. */
  readonly added: readonly AddedFile[];
  /** There already, under whatever name. */
  readonly known: readonly string[];
  readonly refused: readonly RefusedFile[];
  /** In folders, what is none of ours under a name of its own; where such a file is named itself, it is refused. */
  readonly passed: readonly RefusedFile[];
}

interface Content {
  readonly id: string;
  /** Within the folder that all is merged into. */
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
}

/**
 * Brings runs, comparisons and calibrations of many machines into one folder: runs in it, the others in folders of their
 * own. What is there already is not written again, nothing is ever overwritten, and merging twice is merging once.
 * @param sources files, or folders with all that lies in them; runs that are not finished are passed by
 * @throws WriteError where a file cannot be written
 * @throws StoreError where a source is not there
 */
export async function mergeResults(sources: readonly string[], into: string): Promise<Merged> {
  const added: AddedFile[] = [];
  const known: string[] = [];
  const refused: RefusedFile[] = [];
  const passed: RefusedFile[] = [];
  const named = new Set(sources);
  const ids = await idsIn(into);
  for (const path of (await Promise.all(sources.map(filesIn))).flat().toSorted()) {
    const content = await contentOf(path).catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      const isOther =
        error instanceof ForeignFileError && !named.has(path) && !HASHED_NAME.test(basename(path));
      (isOther ? passed : refused).push({ path, kind: kindOf(error), reason: error.message });
      return undefined;
    });
    if (!content) continue;
    const target = join(into, content.name);
    const place = ids.get(content.id) ?? ((await isThere(target)) ? target : undefined);
    if (place === undefined) {
      await writeWhole(target, content.text);
      ids.set(content.id, target);
      added.push({ path, as: target });
      continue;
    }
    const refusal = await refusalOf(path, content, place);
    if (refusal) refused.push(refusal);
    else known.push(path);
  }
  return { added, known, refused, passed };
}

/** Of one run there are two files where it was renamed or written by two versions; what differs in more is no duplicate. */
async function refusalOf(path: string, content: Content, known: string): Promise<RefusedFile | undefined> {
  const conflict = (reason: string): RefusedFile => ({ path, kind: "conflict", reason });
  try {
    if (isDeepStrictEqual((await contentOf(known)).value, content.value)) return undefined;
    return conflict(
      `[results] ${path} and ${known} are both ${content.id}, and differ. ${known} was left as it is: remove the one that is wrong.`,
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return conflict(`${error.message} ${path} was not written over it: remove ${known} to take it.`);
  }
}

/** Of what is there already, where each id lies. */
async function idsIn(folder: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const path of await runFiles(folder)) {
    const id = await runIdIn(path);
    if (id !== undefined) ids.set(id, path);
  }
  return ids;
}

/** @throws StoreError where it is none of ours */
async function contentOf(path: string): Promise<Content> {
  if (path.endsWith(".jsonl")) {
    const value = await readCalibration(path);
    const { id } = value.start;
    return { id, name: join(KEPT_IN.calibration, `${id}.jsonl`), text: await readFile(path, "utf8"), value };
  }
  const { text, json } = await readJson(path);
  if (isComparison(json)) {
    const value = await readValidated(path, comparisonSchema);
    return { id: value.id, name: join(KEPT_IN.comparison, `${value.id}.json`), text, value };
  }
  const run = await readRun(path);
  // Line ends are not content: git may have turned them into those of its system.
  const lines = text.replaceAll("\r\n", "\n");
  const name = HASHED_NAME.test(basename(path)) ? basename(path) : runFileName(run);
  return { id: run.id, name, text: lines, value: run };
}

function isComparison(json: unknown): boolean {
  return typeof json === "object" && json !== null && "kind" in json && json.kind === "builds";
}

function kindOf(error: StoreError): RefusalKind {
  if (error instanceof TornFileError) return "torn";
  if (error instanceof ForeignVersionError) return "version";
  return error instanceof ChangedFileError ? "changed" : "foreign";
}

/** What may be ours, in a folder and those within it. */
async function filesIn(source: string): Promise<string[]> {
  const found = await stat(source).catch((cause: unknown) => {
    throw new StoreError(`${source} is not there. Give files, or folders of them.`, { cause });
  });
  if (!found.isDirectory()) return [source];
  const entries = await readdir(source, { withFileTypes: true });
  // A run that is not finished: its files are nobody else's.
  if (entries.some(({ name }) => name === "start.json")) return [];
  const nested = entries.map(async (entry) => {
    const path = join(source, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() && /\.jsonl?$/.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
