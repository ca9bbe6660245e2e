import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { WriteError } from "@mobilenet-bench/files";
import { runSchema, type Run } from "@mobilenet-bench/results";
import { readRun, readValidated, StoreError, writeRun, writeValidated } from "@mobilenet-bench/results/store";
import { makeNewFolder } from "../make-new-folder.ts";
import { UsageError } from "../usage-error.ts";
import type { Entry } from "./entries.ts";
import { Journal, readJournals } from "./journal.ts";
import { Ledger } from "./ledger.ts";
import type { Part } from "./parts.ts";
import { startSchema, type Start } from "./start.ts";

const START = "start.json";
const RUN = "run.json";
const JOURNALS = "journals";
/** No name that is taken for that of a run. */
const LOOPS = ".loops";
const PARTS = "parts";
const REFERENCES = "references";

/** Where one part writes down what it does. */
export interface PartJournal {
  /**
   * Resolves when the entry lies on the disk.
   * @throws WriteError where it does not fit
   * @throws UsageError where another process has taken over the run
   */
  keep(entry: Entry): Promise<void>;
  close(): Promise<void>;
}

/** What lies among the runs and is none, and why. */
export interface Stray {
  readonly path: string;
  readonly reason: string;
}

/**
 * The folder of a run in progress: its start, the processes that have measured it, what each of them did in a journal of
 * its own, and the references that were computed. Whoever is killed at any instant loses one set of one group at the
 * most. It goes when the run file is written and was read again.
 */
export class RunFolder {
  readonly start: Start;
  readonly path: string;

  private constructor(path: string, start: Start) {
    this.path = path;
    this.start = start;
  }

  /** @throws UsageError where there already is a run with this id */
  static async create(runs: string, start: Start): Promise<RunFolder> {
    const path = join(runs, start.id);
    await makeNewFolder(path, "a run");
    await writeValidated(join(path, START), startSchema, start);
    return new RunFolder(path, start);
  }

  /**
   * @param id or "last": the one that was started last
   * @param onStray is told of what lies among the runs and is none
   * @throws UsageError where there is no such unfinished run
   */
  static async open(runs: string, id: string, onStray: (stray: Stray) => void): Promise<RunFolder> {
    const { unfinished, strays } = await RunFolder.list(runs);
    const chosen = id === "last" ? unfinished.at(-1) : unfinished.find(({ start }) => start.id === id);
    const named = strays.find(({ path }) => path === join(runs, id));
    if (named) throw new UsageError(`${named.path} is no unfinished run: ${named.reason}`);
    if (chosen === undefined) {
      const ids = unfinished.map(({ start }) => start.id).join(", ");
      throw new UsageError(
        `There is no unfinished run "${id}". ${ids === "" ? "None is unfinished: start a new one." : `Use ${ids}.`}`,
      );
    }
    if (id === "last") strays.forEach(onStray);
    return chosen;
  }

  /** Interrupted runs, oldest first, and what only looks like one. */
  static async list(runs: string): Promise<{ unfinished: RunFolder[]; strays: Stray[] }> {
    const entries = await readdir(runs, { withFileTypes: true }).catch(() => []);
    const unfinished: RunFolder[] = [];
    const strays: Stray[] = [];
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
      const path = join(runs, entry.name);
      try {
        const start = await readValidated(join(path, START), startSchema);
        if (start.id === entry.name) unfinished.push(new RunFolder(path, start));
        else strays.push({ path, reason: `its ${START} is that of ${start.id}.` });
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        strays.push({ path, reason: error.message });
      }
    }
    const byStart = (a: RunFolder, b: RunFolder) => (a.start.startedAt < b.start.startedAt ? -1 : 1);
    return { unfinished: unfinished.toSorted(byStart), strays };
  }

  /** Where the parts of this run are recorded. */
  get parts(): string {
    return join(this.path, PARTS);
  }

  /** Beside all runs: what the spin loop took in the first one of each machine. */
  get loops(): string {
    return join(this.path, "..", LOOPS);
  }

  /** Where references are kept for this run. */
  get references(): string {
    return join(this.path, REFERENCES);
  }

  /** @throws WriteError where it cannot be made */
  async beginJournal(part: Part): Promise<PartJournal> {
    const journal = await Journal.begin(join(this.path, JOURNALS), this.start.id, part.number);
    return {
      keep: async (entry) => {
        if (part.isOver())
          throw new UsageError(`Another process has taken over the run ${this.start.id}. This one ends.`);
        await journal.append(entry);
      },
      close: () => journal.close(),
    };
  }

  /**
   * What all parts have done so far.
   * @param onForeign is told of what stands in the journals and is not of this run; it is left where it is
   */
  async ledger(onForeign: (what: string) => void = () => {}): Promise<Ledger> {
    const ledger = new Ledger();
    for (const { part, entries } of await readJournals(join(this.path, JOURNALS), this.start.id, onForeign))
      for (const entry of entries) ledger.add(part, entry);
    return ledger;
  }

  /** The whole run, where it was finished and only its file was not written yet. */
  async finishedRun(): Promise<Run | undefined> {
    const names = await readdir(this.path);
    return names.includes(RUN) ? readValidated(join(this.path, RUN), runSchema) : undefined;
  }

  /**
   * Writes the run file, and removes this folder once that was read again. What is written is decided first and kept
   * here: whoever is killed on the way writes the very same file again.
   * @returns the path of the run file
   * @throws WriteError where it does not fit; the folder stays
   */
  async finish(run: Run, output: string): Promise<string> {
    await writeValidated(join(this.path, RUN), runSchema, run).catch((error: unknown) => {
      // Where this disk is full the one of the run file may not be, and that is what counts.
      if (!(error instanceof WriteError)) throw error;
    });
    const path = await writeRun(output, run);
    await readRun(path);
    await this.remove();
    return path;
  }

  async remove(): Promise<void> {
    // Under a name that nobody takes for a run, should the removal be cut short.
    const away = join(this.path, "..", `.${this.start.id}`);
    await rename(this.path, away);
    await rm(away, { recursive: true, force: true });
  }
}
