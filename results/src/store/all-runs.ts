import { basename } from "node:path";
import type { Run } from "../schema.ts";
import { runFiles } from "./run-files.ts";
import { StoreError } from "./store-error.ts";
import { readRun } from "./store.ts";

/**
 * Every run that is stored, one after the other, each once: a run that was published may lie in two folders.
 * @param onUnreadable is told of files that are no runs; they are left alone
 */
export async function* allRuns(
  folders: readonly string[],
  onUnreadable: (error: StoreError) => void,
): AsyncGenerator<Run> {
  const paths = (await Promise.all(folders.map(runFiles))).flat();
  const seen = new Set<string>();
  for (const path of new Map(paths.map((one) => [basename(one), one])).values()) {
    const run = await readRun(path).catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      onUnreadable(error);
      return undefined;
    });
    if (!run || seen.has(run.id)) continue;
    seen.add(run.id);
    yield run;
  }
}
