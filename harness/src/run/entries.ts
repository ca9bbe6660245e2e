import type { Actual } from "@mobilenet-bench/backend";
import {
  blockSchema,
  coldStartSchema,
  correctnessSchema,
  failedCellSchema,
  memorySchema,
} from "@mobilenet-bench/results";
import { actualSchema } from "@mobilenet-bench/runner";
import { z } from "zod";

const milliseconds = z.number().nonnegative();
const count = z.int().nonnegative();
/** Since the part began to measure, by a clock that nobody sets. */
const when = { afterMs: milliseconds };

const actual: z.ZodType<Actual> = actualSchema;

/** What is known of one process of a cell when it has ended, apart from its blocks. */
const processSchema = z.object({
  actual,
  coldStart: coldStartSchema.exactOptional().describe("only where nothing else started beside it"),
  warmUp: z.object({ inferences: count, stable: z.boolean(), medianMs: milliseconds }),
  correctness: correctnessSchema.describe("the worst of all outputs"),
  restsCpuMs: z.array(milliseconds).describe("before each block; empty where that cannot be told"),
  memory: memorySchema.exactOptional(),
  layerMs: z.array(z.tuple([z.string(), milliseconds])).exactOptional(),
  retries: count,
});
/** Of one process of a cell, all but its blocks. */
export type ProcessRecord = z.infer<typeof processSchema>;

const timedBlockSchema = blockSchema.extend({ samplesMs: z.array(milliseconds) });

/**
 * What a journal tells, in the order in which it happened: a round begins, a block is measured, a process of a cell has
 * ended in order, a cell has failed, a set of a group is whole.
 */
export const entrySchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("round"),
    ...when,
    model: z.string(),
    set: count,
    round: count,
    spinMs: milliseconds,
    readMs: milliseconds,
    early: z.boolean().describe("among the first readings of its process, which do not count"),
  }),
  z.object({ kind: z.literal("block"), ...when, cell: z.string(), block: timedBlockSchema }),
  z.object({ kind: z.literal("process"), ...when, cell: z.string(), set: count, process: processSchema }),
  z.object({ kind: z.literal("failed"), ...when, cell: failedCellSchema }),
  z.object({
    kind: z.literal("set"),
    ...when,
    model: z.string(),
    set: count,
    entries: count.describe("rounds, blocks and processes of this set, by which a gap would show"),
  }),
]);
/** A line of a journal. */
export type Entry = z.infer<typeof entrySchema>;
/** One of a kind. */
export type EntryOf<K extends Entry["kind"]> = Extract<Entry, { readonly kind: K }>;
