import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readText, writeWhole } from "@mobilenet-bench/files";
import { NO_MEMORY, type HistoryMemory } from "../history/make-history.ts";
import type { BookContent, KeptRun } from "../history/run-book.ts";

/** A hundred years of nights with a thousand cells have about that. */
const MAX_BYTES = 512 * 2 ** 20;

/** Choices of folders that are kept. */
const MOST_FILES = 8;

/** A run and the file that it was read from. */
export interface KeptFile {
  readonly file: string;
  readonly run: KeptRun;
}

/** What is known of the runs of some folders from the last time. */
export interface KeptHistory {
  readonly content: BookContent;
  readonly files: readonly KeptFile[];
  readonly memory: HistoryMemory;
}

type Entries<M> = M extends ReadonlyMap<infer Key, infer Value> ? readonly (readonly [Key, Value])[] : never;

interface Stored extends Omit<KeptHistory, "memory"> {
  /** Of the code that made it. */
  readonly code: string;
  readonly memory: { readonly [K in keyof HistoryMemory]: Entries<HistoryMemory[K]> };
}

const NOTHING: KeptHistory = {
  content: { facts: [], entries: [], layouts: [] },
  files: [],
  memory: NO_MEMORY,
};

/**
 * Keeps what was read of the runs of folders, a file for each of the last choices of folders, for as long as the code is the same.
 */
export class HistoryCache {
  readonly #path: string;
  readonly #code: string;

  private constructor(path: string, code: string) {
    this.#path = path;
    this.#code = code;
  }

  /** @param folder where it is kept; made when something is written */
  static async in(folder: string, runFolders: readonly string[]): Promise<HistoryCache> {
    const name = hashOf(runFolders.map((one) => resolve(one)).join("\n")).slice(0, 12);
    return new HistoryCache(join(folder, `${name}.json`), await codeKey());
  }

  /** Nothing where there is none, it is torn, or other code made it: all is read again. */
  async read(): Promise<KeptHistory> {
    try {
      const stored: Stored = JSON.parse(await readText(this.#path, MAX_BYTES));
      const { code, content, files, memory } = stored;
      if (code !== this.#code) return NOTHING;
      const { scans, steps } = memory;
      return { content, files, memory: { scans: new Map(scans), steps: new Map(steps) } };
    } catch {
      return NOTHING;
    }
  }

  /** @throws WriteError where it cannot be written, or what the system says of older files */
  async write({ content, files, memory }: KeptHistory): Promise<void> {
    const stored: Stored = {
      code: this.#code,
      content,
      files,
      memory: { scans: [...memory.scans], steps: [...memory.steps] },
    };
    await writeWhole(this.#path, JSON.stringify(stored));
    await keepNewest(dirname(this.#path));
  }
}

/** Folders come and go; what is known of those that nobody asked for lately need not stay. */
async function keepNewest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const written = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = written.toSorted((a, b) => b.at - a.at).slice(MOST_FILES);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

/** A hash of the names, sizes and times of all that this package is built of. */
async function codeKey(): Promise<string> {
  const built = dirname(import.meta.dirname);
  const names = await readdir(built, { recursive: true });
  const files = names.filter((name) => /(?<!\.d)\.[jt]s$/.test(name)).toSorted();
  const states = await Promise.all(
    files.map(async (name) => {
      const { size, mtimeMs } = await stat(join(built, name));
      return `${name} ${size} ${mtimeMs}`;
    }),
  );
  return hashOf(states.join("\n"));
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
