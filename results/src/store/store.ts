import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { writeWhole } from "@mobilenet-bench/files";
import type { z } from "zod";
import { otherKind } from "./other-kind.ts";
import { readJson } from "./read-json.ts";
import { dayOf } from "../day.ts";
import { runSchema, SCHEMA_VERSION, type Run } from "../schema.ts";
import { ChangedFileError, ForeignFileError, ForeignVersionError, StoreError } from "./store-error.ts";

/** A name that tells a hash of the content. */
export const HASHED_NAME = /^\d{4}-\d{2}-\d{2}-([0-9a-f]{12})\.json$/;

/**
 * The name of a run's file: its day and a hash of its content, so that files of many machines never conflict and
 * a changed file no longer fits its name.
 */
export function runFileName(run: Run): string {
  return fileName(run, serialize(checked("The run", runSchema, run)));
}

/**
 * Validates the run and writes it, whole or not at all.
 * @returns the path of the file
 * @throws WriteError where it cannot be written
 */
export async function writeRun(folder: string, run: Run): Promise<string> {
  const valid = checked("The run", runSchema, run);
  const text = serialize(valid);
  const path = join(folder, fileName(valid, text));
  await writeWhole(path, text);
  return path;
}

/**
 * Validates and writes: a reader sees the old content or the new, never a part.
 * @throws WriteError where it cannot be written
 */
export async function writeValidated<T>(path: string, schema: z.ZodType<T>, value: T): Promise<void> {
  await writeWhole(path, serialize(checked(path, schema, value)));
}

/** The value in the order of the schema, so that equal runs have equal bytes however they were put together. */
function checked<T>(what: string, schema: z.ZodType<T>, value: T): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new StoreError(
    `${what} was not written: ${firstIssue(result.error)}. This is a bug; please report it.`,
  );
}

/**
 * A file whose name tells a hash is held to it; any other name is the reader's own affair.
 * @throws StoreError where the file is missing, torn, foreign, of another version or changed since it was written
 */
export async function readRun(path: string): Promise<Run> {
  const { text, json } = await readJson(path);
  const other = otherKind(path, json);
  if (other !== undefined) throw new ForeignFileError(other);
  if (typeof json === "object" && json !== null && "schema" in json && json.schema !== SCHEMA_VERSION)
    throw new ForeignVersionError(
      `${path} has schema ${JSON.stringify(json.schema)}, this version reads ${SCHEMA_VERSION}. Use the version that wrote it.`,
    );
  const run = validate(path, runSchema, json);
  const [, named] = HASHED_NAME.exec(basename(path)) ?? [];
  // Line ends are not content: git may have turned them into those of its system.
  const hash = contentHash(text.replaceAll("\r\n", "\n"));
  if (named !== undefined && named !== hash)
    throw new ChangedFileError(
      `${path} was changed since it was written: its content has the hash ${hash}. Restore it, or give it a name of your own to read it as it is.`,
    );
  return run;
}

/** @throws StoreError as `readRun` does */
export async function readValidated<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return validate(path, schema, (await readJson(path)).json);
}

function validate<T>(path: string, schema: z.ZodType<T>, json: unknown): T {
  const checked = schema.safeParse(json);
  if (checked.success) return checked.data;
  throw new ForeignFileError(
    `${path} is no run of mobilenet-bench: ${firstIssue(checked.error)}. Give a file that mnb run wrote.`,
  );
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `at ${issue.path.join(".") || "the top"}: ${issue.message}` : "unknown fault";
}

function serialize(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function fileName({ startedAt }: Run, text: string): string {
  return `${dayOf(startedAt)}-${contentHash(text)}.json`;
}

function contentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
