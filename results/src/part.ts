import { z } from "zod";
import { environmentSchema } from "./environment.ts";

const count = z.int().nonnegative();

/** What one process measured of a run: an interrupted run is gone on with by another. */
export const partSchema = z.object({
  startedAt: z.iso.datetime(),
  environment: environmentSchema,
  cells: z.array(z.string()).describe("ids of the cells that were measured in it, at least in one set"),
  sets: z
    .array(z.object({ model: z.string(), set: count }))
    .exactOptional()
    .describe("the sets of groups that were measured in it"),
  discardedBlocks: count
    .exactOptional()
    .describe("of a set that was cut short: it was measured again, whole, by a later part"),
});

/** The cells of a run that one process measured, and its environment. */
export type Part = z.infer<typeof partSchema>;
