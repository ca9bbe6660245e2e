import { z } from "zod";
import { machineStateSchema } from "./machine-state.ts";

const count = z.int().nonnegative();

/** By execution style, as `mnb peak` names them, in 1e9 multiply–adds per second on one thread. */
const rates = z.record(z.string(), z.number());

const read = z.object({
  bytes: count.describe("of the array"),
  gigabytesPerSecond: z.number(),
});

/** Machine, software and moment of a run, as far as they could explain a figure. */
export const environmentSchema = z.object({
  machine: z.string().describe("a stable, anonymous id of the hardware"),
  cpu: z.object({
    model: z.string(),
    cores: count,
    physicalCores: count,
    availableCores: count
      .exactOptional()
      .describe("that the process may use, by affinity and quota; absent in older files"),
    speedGHz: z.number().nullable(),
    features: z.array(z.string()),
    l2CacheBytes: count.nullable(),
    l3CacheBytes: count.nullable(),
  }),
  memoryBytes: count,
  virtualization: z.string().nullable(),
  os: z.object({ platform: z.string(), name: z.string(), release: z.string(), arch: z.string() }),
  runtime: z.record(z.string(), z.string()),
  commit: z.string().nullable(),
  dirty: z.boolean().nullable(),
  before: machineStateSchema.describe("before the first cell"),
  after: machineStateSchema.optional().describe("after the last cell, and what happened meanwhile"),
  peak: rates
    .optional()
    .describe("the best that was measured, before the cells or after them; absent where none were taken"),
  memoryReads: z
    .object({
      cache: read.exactOptional().describe("of an array that a second-level cache holds"),
      memory: read.exactOptional().describe("of one that no cache holds"),
      missing: z.record(z.string(), z.string()).describe("why one of them could not be measured"),
    })
    .exactOptional()
    .describe(
      "what one thread reads at best, before the cells; absent in older files, and where no peaks were taken",
    ),
  peakCheck: z
    .object({
      before: rates,
      after: rates,
      missing: z.record(z.string(), z.string()).describe("why styles could not be measured"),
      denominator: z.union([
        z.object({ style: z.string().describe("the fastest: the 100 % of every cell") }),
        z.object({ refused: z.string().describe("why there is no 100 %") }),
      ]),
    })
    .exactOptional()
    .describe(
      "the peaks before and after the cells, and what follows; absent in older files, and where none were taken",
    ),
});
/** What surrounded the cells of a run. */
export type Environment = z.infer<typeof environmentSchema>;
