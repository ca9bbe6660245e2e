import { z } from "zod";

/** How pairs are recorded, and by which rule differences are judged. */
export const pairProtocolSchema = z.object({
  warmUpMs: z.number().positive().describe("of each runner, before its first block"),
  blockMs: z
    .number()
    .positive()
    .describe("time that a block fills, its first inference, which does not count, included"),
  rounds: z.int().positive().describe("at most, of a block of each side"),
  roundsMs: z.number().positive().describe("time that the rounds may fill, but for the least of them"),
  leastRounds: z.int().positive(),
  threadsPauseMs: z
    .number()
    .nonnegative()
    .describe("before a block where a side has threads: libraries keep them busy for a while"),
  looks: z.array(z.int().positive()).min(1).describe("after how many pairs a comparison is judged"),
  alpha: z.number().describe("chance of an interval that misses, over all looks together"),
  margin: z.number().positive().describe("a difference below it, as ln ratio, is none"),
});
/** See {@link pairProtocolSchema}. */
export type PairProtocol = z.infer<typeof pairProtocolSchema>;
