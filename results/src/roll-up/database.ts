import type { DuckDBConnection } from "@duckdb/node-api";
import { RollUpError } from "./roll-up-error.ts";

type DuckDb = typeof import("@duckdb/node-api");

/** A database in memory, and the library that it is of. */
export interface Database {
  readonly duckdb: DuckDb;
  readonly connection: DuckDBConnection;
}

/**
 * Opens a database in memory for as long as the work takes.
 * @throws RollUpError where DuckDB cannot be had on this platform
 */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const duckdb = await importDuckDb();
  const instance = await duckdb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return await work({ duckdb, connection });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** On demand: it is 70 MB of native code, which nothing else needs and not every platform has. */
async function importDuckDb(): Promise<DuckDb> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    const [why = ""] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new RollUpError(
      `DuckDB cannot be had on ${process.platform}-${process.arch} (${why}). Set the clone up anew with npm start, or roll runs up on Linux, macOS or Windows with an x64 or arm64 processor.`,
      { cause },
    );
  }
}

/** A text within SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
