import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBAppender, DuckDBDataChunk } from "@duckdb/node-api";
import { z } from "zod";
import type { Run } from "../schema.ts";
import { storedRunFiles } from "../store/run-files.ts";
import { StoreError } from "../store/store-error.ts";
import { readRun, readValidated, writeValidated } from "../store/store.ts";
import { quoted, withDatabase, type Database } from "./database.ts";
import { ROLL_UP_VERSION, TABLES, type Kind, type Table, type Value } from "./tables.ts";

const MANIFEST = "month.json";
const MONTH = /^\d{4}-\d{2}$/;

const manifestSchema = z.object({
  version: z.int(),
  /** Of all run files of the month, those that could not be read among them. */
  files: z.array(z.string()),
  runs: z.int().nonnegative(),
  blocks: z.int().nonnegative(),
});
type Manifest = z.infer<typeof manifestSchema>;

/** The runs of one month, rolled up. */
export interface RolledUpMonth {
  /** `2026-11`, by the UTC day on which a run began. */
  readonly month: string;
  /** False where it was current already. */
  readonly written: boolean;
  readonly runs: number;
  readonly blocks: number;
  readonly bytes: number;
}

/** What is rolled up, and where to. */
export interface RollUpOptions {
  /** Of run files, under the names that they were written with. */
  readonly runs: string;
  /** A folder for each month, with a Parquet file for each table. */
  readonly output: string;
  /** Months before this one alone, as those are over: `2026-12`. */
  readonly before?: string;
  /** Told of files that are no runs; they are left alone, and are in no roll-up. */
  readonly onUnreadable: (error: StoreError) => void;
}

/**
 * Rolls the runs of each month up into Parquet: one row for each run, cell and block. Months whose files are the same as last
 * time are not touched.
 * @throws RollUpError where there is no DuckDB here
 * @throws WriteError where it does not fit
 */
export async function rollUp(options: RollUpOptions): Promise<RolledUpMonth[]> {
  const files = [...(await storedRunFiles([options.runs])).keys()];
  const months = Map.groupBy(files, (file) => file.slice(0, "2026-11".length));
  const rolled: RolledUpMonth[] = [];
  for (const [month, names] of [...months].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (options.before !== undefined && month >= options.before) continue;
    const folder = join(options.output, month);
    const current = await currentIn(folder, names);
    const { runs, blocks } = current ?? (await rollUpMonth(folder, names, options));
    rolled.push({ month, written: !current, runs, blocks, bytes: await bytesIn(folder) });
  }
  return rolled;
}

/** The months of a folder of roll-ups, the oldest first. */
export async function rolledUpMonths(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => MONTH.test(name)).toSorted();
}

/** What lies there, where it is of these files. */
async function currentIn(folder: string, files: readonly string[]): Promise<Manifest | undefined> {
  const manifest = await readValidated(join(folder, MANIFEST), manifestSchema).catch((error: unknown) => {
    if (error instanceof StoreError) return undefined;
    throw error;
  });
  const isCurrent = manifest?.version === ROLL_UP_VERSION && manifest.files.join("\n") === files.join("\n");
  return isCurrent ? manifest : undefined;
}

async function rollUpMonth(
  folder: string,
  files: readonly string[],
  { runs, onUnreadable }: RollUpOptions,
): Promise<Manifest> {
  await mkdir(folder, { recursive: true });
  const counted = await withDatabase(async (database) => {
    const { connection } = database;
    const writers = [];
    for (const table of TABLES) writers.push(await TableWriter.open(database, table));
    const seen = new Set<string>();
    for (const file of files) {
      const run = await readUnless(join(runs, file), onUnreadable);
      if (!run || seen.has(run.id)) continue;
      seen.add(run.id);
      for (const writer of writers) writer.add(file, run);
    }
    for (const writer of writers) writer.close();
    for (const table of TABLES) {
      const path = join(folder, `${table.name}.parquet`);
      const beside = `${path}.part`;
      await connection.run(
        `COPY (${selectOf(table)}) TO ${quoted(beside)} (FORMAT parquet, COMPRESSION zstd)`,
      );
      await rename(beside, path);
    }
    return { runs: seen.size, blocks: await countRows(database, "blocks") };
  }).catch(async (error: unknown) => {
    for (const { name } of TABLES) await rm(join(folder, `${name}.parquet.part`), { force: true });
    throw error;
  });
  // Last of all: without it, what lies here is made again.
  const manifest = { version: ROLL_UP_VERSION, files: [...files], ...counted };
  await writeValidated(join(folder, MANIFEST), manifestSchema, manifest);
  return manifest;
}

async function readUnless(
  path: string,
  onUnreadable: RollUpOptions["onUnreadable"],
): Promise<Run | undefined> {
  try {
    return await readRun(path);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    onUnreadable(error);
    return undefined;
  }
}

const TYPES: Readonly<Record<Kind, string>> = {
  text: "VARCHAR",
  number: "DOUBLE",
  integer: "INTEGER",
  flag: "BOOLEAN",
  // As text of ISO 8601 until it is written.
  time: "VARCHAR",
};

function selectOf({ name, columns }: Table): string {
  const selected = columns.map((column) =>
    column.kind === "time" ? `"${column.name}"::TIMESTAMP AS "${column.name}"` : `"${column.name}"`,
  );
  return `SELECT ${selected.join(", ")} FROM ${name}`;
}

/** Rows in chunks of as many as DuckDB has in one: a tenth of the time of one at a time. */
const CHUNK_ROWS = 2048;

class TableWriter {
  readonly #table: Table;
  readonly #appender: DuckDBAppender;
  readonly #chunk: DuckDBDataChunk;
  #columns: Value[][] = [];

  private constructor(table: Table, appender: DuckDBAppender, chunk: DuckDBDataChunk) {
    this.#table = table;
    this.#appender = appender;
    this.#chunk = chunk;
    this.#reset();
  }

  static async open({ duckdb, connection }: Database, table: Table): Promise<TableWriter> {
    const columns = table.columns.map(({ name, kind }) => `"${name}" ${TYPES[kind]}`);
    await connection.run(`CREATE TABLE ${table.name} (${columns.join(", ")})`);
    const { VARCHAR, DOUBLE, INTEGER, BOOLEAN, DuckDBDataChunk } = duckdb;
    const types = { text: VARCHAR, number: DOUBLE, integer: INTEGER, flag: BOOLEAN, time: VARCHAR };
    const chunk = DuckDBDataChunk.create(table.columns.map(({ kind }) => types[kind]));
    return new TableWriter(table, await connection.createAppender(table.name), chunk);
  }

  add(file: string, run: Run): void {
    for (const row of this.#table.rowsOf(file, run)) {
      for (const [i, value] of row.entries()) this.#columns[i]?.push(value);
      if (this.#columns[0]?.length === CHUNK_ROWS) this.#flush();
    }
  }

  close(): void {
    if (this.#columns[0]?.length) this.#flush();
    this.#appender.closeSync();
  }

  #flush(): void {
    this.#chunk.reset();
    this.#chunk.setColumns(this.#columns);
    this.#appender.appendDataChunk(this.#chunk);
    this.#reset();
  }

  #reset(): void {
    this.#columns = this.#table.columns.map(() => []);
  }
}

async function countRows({ connection }: Database, table: Table["name"]): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${table}`);
  return Number(reader.getRowsJS()[0]?.[0]);
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const { name } of TABLES) bytes += (await stat(join(folder, `${name}.parquet`))).size;
  return bytes;
}
