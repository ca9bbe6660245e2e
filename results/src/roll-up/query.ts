import type { JS } from "@duckdb/node-api";
import { join, resolve, sep } from "node:path";
import { quoted, withDatabase, type Database } from "./database.ts";
import { RollUpError } from "./roll-up-error.ts";
import { rolledUpMonths } from "./roll-up.ts";
import { TABLES, type Value } from "./tables.ts";

/** What a question was answered with. */
export interface Answer {
  readonly columns: readonly string[];
  /** Times as ISO 8601, whole numbers as numbers, lists and structures as JSON. */
  readonly rows: readonly (readonly Value[])[];
}

/**
 * Answers a question in SQL to all months of a folder, which are the tables `runs`, `cells` and `blocks`. It reads these alone:
 * no other file, no network, and writes nothing.
 * @throws RollUpError where nothing is rolled up, DuckDB cannot be had, or the SQL is none that reads
 */
export async function queryRollUps(folder: string, sql: string): Promise<Answer> {
  if ((await rolledUpMonths(folder)).length === 0)
    throw new RollUpError(
      `Nothing is rolled up in ${folder}. Roll runs up first: mnb results roll-up --output ${folder}.`,
    );
  return withDatabase(async (database) => {
    await openTables(database, resolve(folder));
    return ask(database, sql);
  });
}

async function openTables({ connection }: Database, folder: string): Promise<void> {
  for (const { name } of TABLES)
    await connection.run(
      `CREATE VIEW ${name} AS SELECT * FROM read_parquet(${quoted(join(folder, "*", `${name}.parquet`))}, union_by_name = true)`,
    );
  // From here on nothing but these files can be reached, and nothing of this changed.
  await connection.run(`SET allowed_directories = [${quoted(`${folder}${sep}`)}]`);
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
}

async function ask({ duckdb, connection }: Database, sql: string): Promise<Answer> {
  const { SELECT, EXPLAIN } = duckdb.StatementType;
  try {
    const statement = await connection.prepare(sql);
    const reads = statement.statementType === SELECT || statement.statementType === EXPLAIN;
    statement.destroySync();
    if (!reads) throw new RollUpError("Roll-ups are read and never changed. Ask with SELECT.");
    const reader = await connection.runAndReadAll(sql);
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: reader.getRowsJS().map((row) => row.map(valueOf)),
    };
  } catch (cause) {
    if (cause instanceof RollUpError || !(cause instanceof Error)) throw cause;
    throw new RollUpError(
      `${cause.message.trim()} The tables are ${TABLES.map(({ name }) => name).join(", ")}; DESCRIBE cells tells the columns of one.`,
      { cause },
    );
  }
}

function valueOf(value: JS): Value {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner));
}
