import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { runSchema, SCHEMA_VERSION, type Run } from "./schema.ts";

/** A run file that cannot be read or written; the message names the remedy. The file is left as it was. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(message: string, options?: ErrorOptions) {
    super(`[results] ${message}`, options);
  }
}

/** The JSON Schema (draft 2020-12) of a run file. */
export function runJsonSchema(): object {
  return { $id: "mobilenet-bench-run", title: "A run of mobilenet-bench", ...z.toJSONSchema(runSchema) };
}

/**
 * The name of a run's file: its day and a hash of its content, so that files of many machines never conflict and
 * a changed file no longer fits its name.
 */
export function runFileName(run: Run): string {
  return `${run.startedAt.slice(0, 10)}-${contentHash(serialize(checked("The run", runSchema, run)))}.json`;
}

/**
 * Validates the run and writes it atomically.
 * @returns the path of the file
 */
export async function writeRun(folder: string, run: Run): Promise<string> {
  const path = join(folder, runFileName(run));
  await mkdir(folder, { recursive: true });
  await writeValidated(path, runSchema, run);
  return path;
}

/** Validates and writes atomically: a reader sees the old content or the new, never a part. */
export async function writeValidated<T>(path: string, schema: z.ZodType<T>, value: T): Promise<void> {
  await writeFileAtomic(path, serialize(checked(path, schema, value)));
}

/** The value in the order of the schema, so that equal runs have equal bytes however they were put together. */
function checked<T>(what: string, schema: z.ZodType<T>, value: T): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new StoreError(
    `${what} was not written: ${firstIssue(result.error)}. This is a bug; please report it.`,
  );
}

/** @throws StoreError where the file is missing, torn, foreign, of another version or changed since it was written */
export async function readRun(path: string): Promise<Run> {
  const text = await readText(path);
  const json = parseJson(path, text);
  if (typeof json === "object" && json !== null && "schema" in json && json.schema !== SCHEMA_VERSION)
    throw new StoreError(
      `${path} has schema ${JSON.stringify(json.schema)}, this version reads ${SCHEMA_VERSION}. Use the version that wrote it.`,
    );
  return validate(path, runSchema, json);
}

export async function readValidated<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return validate(path, schema, parseJson(path, await readText(path)));
}

function validate<T>(path: string, schema: z.ZodType<T>, json: unknown): T {
  const checked = schema.safeParse(json);
  if (checked.success) return checked.data;
  throw new StoreError(
    `${path} is no run of mobilenet-bench: ${firstIssue(checked.error)}. Give a file that mnb run wrote.`,
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new StoreError(`${path} cannot be read (${errorCode(cause)}). Check the path.`, { cause });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StoreError(
      `${path} is torn or no JSON (${text.length} characters). It was left as it is; restore it or run mnb run again.`,
      { cause },
    );
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `at ${issue.path.join(".") || "the top"}: ${issue.message}` : "unknown fault";
}

function serialize(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function contentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
