import { z } from "zod";

const milliseconds = z.number().nonnegative();

/** What two loops in the harness took beside the rounds of one set of a group: the machine's state, not a backend's. */
export const loopsOfSetSchema = z.object({
  model: z.string(),
  set: z.int().nonnegative(),
  spinMs: milliseconds
    .nullable()
    .describe("median over the rounds; null where all were among the first 20 s of readings"),
  readMs: milliseconds.nullable().describe("likewise"),
});

/** The loops beside all rounds, and what figures at the reference clock are told by. */
export const loopsSchema = z.object({
  referenceSpinMs: milliseconds
    .nullable()
    .describe(
      "the machine's constant: what the spin loop took in its first run of 20 s and more; null before",
    ),
  sets: z.array(loopsOfSetSchema),
});

/** What the time of a run went into. */
export const timeSchema = z.object({
  cellsMs: milliseconds.describe("wall time from the first process of a cell to the end of the last"),
  timedMs: milliseconds.describe("of these, within the timed inferences of blocks"),
  estimatedMs: milliseconds
    .exactOptional()
    .describe("what the plan said of the cells' wall time before the run; absent in older files"),
});

/** In milliseconds, beside one set of a group. */
export type LoopsOfSet = z.infer<typeof loopsOfSetSchema>;
/** In milliseconds: what the loops took, and the machine's constant. */
export type Loops = z.infer<typeof loopsSchema>;
