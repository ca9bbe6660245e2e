import { join } from "node:path";
import { readText, writeWhole } from "@mobilenet-bench/files";
import type { z } from "zod";
import {
  CALIBRATION_VERSION,
  calibrationLineSchema,
  calibrationOf,
  calibrationStartSchema,
  type Calibration,
  type CalibrationLine,
  type CalibrationStart,
} from "../pairs/calibration.ts";
import { StoreError, TornFileError } from "./store-error.ts";

/** A quarter of a million pairs have about 100 MiB. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * Validates recorded pairs and writes them, whole or not at all: a line of JSON for the start, and one for each pair.
 * @returns the path of the file, named after the calibration's id
 * @throws WriteError where it cannot be written
 */
export async function writeCalibration(
  folder: string,
  start: CalibrationStart,
  lines: readonly CalibrationLine[],
): Promise<string> {
  const valid = [
    calibrationStartSchema.parse(start),
    ...lines.map((line) => calibrationLineSchema.parse(line)),
  ];
  const path = join(folder, `${start.id}.jsonl`);
  await writeWhole(path, valid.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

/** @throws StoreError where the file is missing, torn or foreign, or a line is none of a calibration */
export async function readCalibration(path: string): Promise<Calibration> {
  const text = await readText(path, MAX_BYTES).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(`${path} cannot be read (${why}). Check the path.`, { cause });
  });
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new TornFileError(`${path} is torn: its last line has no end. Restore it.`);
  const [first = "", ...rest] = lines;
  const start = parseLine(path, 1, calibrationStartSchema, first);
  return calibrationOf(
    start,
    rest.map((line, i) => parseLine(path, i + 2, calibrationLineSchema, line)),
  );
}

function parseLine<T>(path: string, number: number, schema: z.ZodType<T>, line: string): T {
  const result = schema.safeParse(jsonOf(line));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new StoreError(
    `${path} is no calibration of version ${CALIBRATION_VERSION}: line ${number}${where === "" ? "" : `, at ${where}`}: ${issue?.message ?? "unknown fault"}. Give a file that mnb calibrate wrote.`,
  );
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
