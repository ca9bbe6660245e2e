import { z } from "zod";

const milliseconds = z.number().nonnegative();
const count = z.int().nonnegative();

/** A latency as it would be at the machine's reference clock. */
export const clockedSchema = z.object({
  ms: milliseconds.describe(
    "geometric mean over the sets, each divided by what the spin loop took beside it",
  ),
  ci95: z.tuple([milliseconds, milliseconds]).describe("of other runs on this machine, by t over the sets"),
  sets: count,
});

/** Within what another run on the same machine would be. */
export const anotherRunSchema = z.object({
  ci95: z
    .tuple([milliseconds, milliseconds])
    .describe("around the median, from the differences between successive runs, this one last"),
  earlierRuns: count.describe("of the same cell by the same protocol on the same machine"),
});

/** At the reference clock, in milliseconds. */
export type Clocked = z.infer<typeof clockedSchema>;
/** Within what another run here would be, in milliseconds. */
export type AnotherRun = z.infer<typeof anotherRunSchema>;
