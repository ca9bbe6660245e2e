import { historyRun } from "../history/history-run.ts";
import type { History, HistoryRun } from "../history/history.ts";
import { makeHistory, NO_MEMORY } from "../history/make-history.ts";
import { RunBook, type KeptRun } from "../history/run-book.ts";
import { HistoryCache, type KeptFile, type KeptHistory } from "./history-cache.ts";
import { storedRunFiles } from "./run-files.ts";
import { StoreError } from "./store-error.ts";
import { readRun } from "./store.ts";

/** Where what was read before is kept, and who hears of what cannot be read. */
export interface ReadHistoryOptions {
  /** A folder, for what need not be read again the next time. */
  readonly cache: string;
  /** Is told of files that are no runs, and of a cache that cannot be written; both are left alone. */
  readonly onTrouble: (error: Error) => void;
}

/**
 * The history of all runs that lie in folders under names that the store gives them, each once. Such files never change, so that each
 * is read once for as long as its summary is in the cache.
 */
export async function readHistory(
  folders: readonly string[],
  { cache, onTrouble }: ReadHistoryOptions,
): Promise<History> {
  const store = await HistoryCache.in(cache, folders);
  const kept = await store.read();
  const known = new Map(kept.files.map(({ file, run }) => [file, run]));
  const book = new RunBook(kept.content);
  const files: KeptFile[] = [];
  for (const [file, path] of await storedRunFiles(folders)) {
    const run = known.get(file) ?? (await keepRun(path, book, onTrouble));
    if (run) files.push({ file, run });
  }
  const { memory, ...history } = makeHistory(
    openOnce(files, book),
    goesOn(kept, files) ? kept.memory : NO_MEMORY,
  );
  const isSame = files.length === known.size && files.every(({ file }) => known.has(file));
  if (!isSame) await store.write({ content: book.content, files, memory }).catch(onTrouble);
  return history;
}

async function keepRun(
  path: string,
  book: RunBook,
  onTrouble: (error: Error) => void,
): Promise<KeptRun | undefined> {
  try {
    return book.keep(historyRun(await readRun(path)));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    onTrouble(error);
    return undefined;
  }
}

/** Whether all that was known is still there, and the rest is newer than that. */
function goesOn({ files: before }: KeptHistory, files: readonly KeptFile[]): boolean {
  const known = new Set(before.map(({ file }) => file));
  const newest = before.reduce((latest, { run }) => (run.startedAt > latest ? run.startedAt : latest), "");
  const fresh = files.filter(({ file }) => !known.has(file));
  return files.length - fresh.length === before.length && fresh.every(({ run }) => run.startedAt > newest);
}

/** A run whose file was written twice is one run. */
function openOnce(files: readonly KeptFile[], book: RunBook): HistoryRun[] {
  const byId = new Map<string, KeptRun>();
  for (const { run } of files) if (!byId.has(run.id)) byId.set(run.id, run);
  return Array.from(byId.values(), (run) => book.open(run));
}
