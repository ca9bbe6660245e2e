import { join } from "node:path";
import { readValidated, StoreError, writeValidated } from "@mobilenet-bench/results/store";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";

const doneSchema = z.object({
  step: z.string(),
  status: z.int(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
});

const stateSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  startedAt: z.iso.datetime(),
  /** Of the checkout, null where it has changes or none. */
  commit: z.string().nullable(),
  /** All commands, as they were decided. */
  steps: z.array(z.object({ id: z.string(), words: z.array(z.string()), done: z.array(z.int()) })),
  done: z.array(doneSchema),
});
/** What a night has set out to do and what of it is done: enough to go on after an interruption. */
export type NightState = z.infer<typeof stateSchema>;
/** A command that came to its end. */
export type DoneStep = z.infer<typeof doneSchema>;

/** Beside the folder of a night. */
export function stateFile(nights: string, id: string): string {
  return join(nights, `${id}.json`);
}

/**
 * @returns undefined where no such night was begun
 * @throws UsageError where its state cannot be read
 */
export async function readState(path: string): Promise<NightState | undefined> {
  try {
    return await readValidated(path, stateSchema);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (/\(ENOENT\)/.test(error.message)) return undefined;
    throw new UsageError(`${path} tells no state of a night: ${error.message} Remove it to begin anew.`, {
      cause: error,
    });
  }
}

/** @throws WriteError where it does not fit */
export async function writeState(path: string, state: NightState): Promise<void> {
  await writeValidated(path, stateSchema, state);
}
