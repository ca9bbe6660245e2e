import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  cellSchema,
  environmentSchema,
  protocolSchema,
  readValidated,
  StoreError,
  writeValidated,
  type Cell,
} from "@mobilenet-bench/results";
import { UsageError } from "../usage-error.ts";

/** What a run set out to do: enough to go on after an interruption. */
const startSchema = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  suite: z.string().nullable(),
  seed: z.int(),
  picture: z.string().nullable(),
  weights: z.object({ path: z.string(), sha256: z.string() }).nullable(),
  keepSamples: z.boolean(),
  profile: z.boolean(),
  strict: z.boolean(),
  demands: z.array(z.object({ what: z.string(), cells: z.array(z.string()).readonly() })).readonly(),
  output: z.string(),
  protocol: protocolSchema,
  environment: environmentSchema,
  cells: z.array(z.string()),
});
export type Start = z.infer<typeof startSchema>;

const START = "start.json";

/**
 * The folder of a run in progress: its start, and one file per finished cell, each written atomically, so that
 * being killed at any instant loses nothing that was finished. It goes when the run file is written.
 */
export class RunFolder {
  readonly start: Start;
  readonly #path: string;

  private constructor(path: string, start: Start) {
    this.#path = path;
    this.start = start;
  }

  static async create(runs: string, start: Start): Promise<RunFolder> {
    const path = join(runs, start.id);
    await mkdir(join(path, "cells"), { recursive: true });
    await writeValidated(join(path, START), startSchema, start);
    return new RunFolder(path, start);
  }

  /** @throws UsageError where there is no such unfinished run */
  static async open(runs: string, id: string): Promise<RunFolder> {
    const unfinished = await RunFolder.unfinished(runs);
    const chosen = id === "last" ? unfinished.at(-1) : unfinished.find((name) => name === id);
    if (chosen === undefined) {
      const remedy =
        unfinished.length > 0 ? `Use ${unfinished.join(", ")}.` : "None is unfinished: start a new one.";
      throw new UsageError(`There is no unfinished run "${id}". ${remedy}`);
    }
    const path = join(runs, chosen);
    return new RunFolder(path, await readValidated(join(path, START), startSchema));
  }

  /** Ids of interrupted runs, oldest first. */
  static async unfinished(runs: string): Promise<string[]> {
    const entries = await readdir(runs, { withFileTypes: true }).catch(() => []);
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
  }

  async saveCell(cell: Cell): Promise<void> {
    await writeValidated(this.#cellPath(cell.id), cellSchema, cell);
  }

  /** The finished cells in planned order; a torn file counts as unfinished. */
  async finishedCells(): Promise<Cell[]> {
    const cells: Cell[] = [];
    for (const id of this.start.cells) {
      const cell = await readValidated(this.#cellPath(id), cellSchema).catch((error: unknown) => {
        if (error instanceof StoreError) return undefined;
        throw error;
      });
      if (cell) cells.push(cell);
    }
    return cells;
  }

  async remove(): Promise<void> {
    await rm(this.#path, { recursive: true, force: true });
  }

  #cellPath(id: string): string {
    return join(this.#path, "cells", `${String(this.start.cells.indexOf(id)).padStart(4, "0")}.json`);
  }
}
