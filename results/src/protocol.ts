import { z } from "zod";

const milliseconds = z.number().nonnegative();
const count = z.int().nonnegative();

/** What decides how figures come to be; the method page is rendered from it. */
export const protocolSchema = z.object({
  sets: count.describe("how often all groups are measured, each time in fresh processes"),
  coldStarts: count
    .exactOptional()
    .describe(
      "sets, the first ones, whose processes load one at a time and give the cold start; absent: all",
    ),
  rounds: count.describe("blocks of each cell per set"),
  blockMs: milliseconds.describe("a block has as many inferences as fill this time, at least one"),
  settle: z
    .boolean()
    .describe("one untimed inference before each block, where an inference is shorter than a block"),
  pauseMs: milliseconds.describe("between blocks: threads of the cell before may spin for a while"),
  warmUp: z.object({
    tolerance: z.number().positive().describe("two successive block medians may differ by this share"),
    capMs: milliseconds,
  }),
  maxSteal: z.number().min(0).max(1).describe("a block with more steal than this is left out"),
  maxThrottled: z
    .number()
    .min(0)
    .max(1)
    .exactOptional()
    .describe("a block that was throttled for a larger share of its time is left out; absent in older files"),
  maxCpuPressure: z
    .number()
    .min(0)
    .max(1)
    .exactOptional()
    .describe("so is one in which tasks waited for a core for a larger share; absent in older files"),
  deadlineMs: z.object({ open: milliseconds, block: milliseconds }),
  resamples: count.describe("of the bootstrap"),
  p90MinInferences: count,
});

/** How long and how often cells are measured; the job protocol of runners is another thing. */
export type Protocol = z.infer<typeof protocolSchema>;
