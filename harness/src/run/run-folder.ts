import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { WriteError } from "@mobilenet-bench/files";
import { z } from "zod";
import { cellSchema, runSchema, type Cell, type Run } from "@mobilenet-bench/results";
import {
  readRun,
  readValidated,
  StoreError,
  TornFileError,
  writeRun,
  writeValidated,
} from "@mobilenet-bench/results/store";
import { UsageError } from "../usage-error.ts";
import type { Part } from "./parts.ts";
import { startSchema, type Start } from "./start.ts";

const START = "start.json";
const RUN = "run.json";
const CELLS = "cells";
const PARTS = "parts";

const savedSchema = z.object({ part: z.int(), cell: cellSchema });
/** A finished cell, and the part of the run in which it was measured. */
export type SavedCell = z.infer<typeof savedSchema>;

/** What lies among the runs and is none, and why. */
export interface Stray {
  readonly path: string;
  readonly reason: string;
}

/**
 * The folder of a run in progress: its start, the processes that have measured it, and one file per finished cell,
 * each written whole or not at all, so that being killed at any instant loses nothing that was finished. It goes when
 * the run file is written and was read again.
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
    await mkdir(runs, { recursive: true });
    await mkdir(path).catch((cause: unknown) => {
      throw new UsageError(`${path} cannot be made: there may be a run with this id. Start again.`, {
        cause,
      });
    });
    await mkdir(join(path, CELLS));
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

  /**
   * @throws WriteError where it does not fit
   * @throws UsageError where another process has taken over the run
   */
  async saveCell(cell: Cell, part: Part): Promise<void> {
    if (part.isOver())
      throw new UsageError(`Another process has taken over the run ${this.start.id}. This one ends.`);
    await writeValidated(this.#cellPath(cell.id), savedSchema, { part: part.number, cell });
  }

  /**
   * The finished cells in planned order; a torn file counts as unfinished.
   * @throws StoreError where a file holds something else than the cell of its name; it is left as it was
   */
  async finishedCells(): Promise<SavedCell[]> {
    const there = new Set(await readdir(join(this.path, CELLS)).catch(() => []));
    const cells: SavedCell[] = [];
    for (const id of this.start.cells) {
      if (!there.has(this.#cellFile(id))) continue;
      const path = this.#cellPath(id);
      try {
        const saved = await readValidated(path, savedSchema);
        if (saved.cell.id !== id)
          throw new StoreError(
            `${path} holds ${saved.cell.id} in place of ${id}. It was left as it is; remove it, and its cell is measured again.`,
          );
        cells.push(saved);
      } catch (error) {
        if (!(error instanceof TornFileError)) throw error;
      }
    }
    return cells;
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

  readonly #indices = new Map<string, number>();

  #cellFile(id: string): string {
    if (this.#indices.size === 0) this.start.cells.forEach((cell, i) => this.#indices.set(cell, i));
    return `${String(this.#indices.get(id)).padStart(4, "0")}.json`;
  }

  #cellPath(id: string): string {
    return join(this.path, CELLS, this.#cellFile(id));
  }
}
