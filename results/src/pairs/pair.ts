import { median } from "simple-statistics";
import { z } from "zod";

const milliseconds = z.number().positive();

/** Of the two that are compared: what was, and what may have become slower. */
const sideSchema = z.enum(["base", "candidate"]);
/** One of the two that are compared. */
export type Side = z.infer<typeof sideSchema>;

/** What two fresh runners, alive together, took in turns: the unit of a comparison. */
export const pairSchema = z
  .object({
    pair: z
      .int()
      .nonnegative()
      .describe("its number within its comparison; roles and orders are drawn by it"),
    startedAt: z.iso.datetime(),
    seconds: z.number().nonnegative().describe("from the start of the runners to their end"),
    core: z.int().nonnegative().nullable().describe("to which both were pinned"),
    unpinned: z.string().exactOptional().describe("why they were not"),
    startedFirst: sideSchema.describe("drawn: which of the two was started first"),
    beganWith: sideSchema.describe("drawn: whose block came first in the first round; then in turns"),
    baseMs: z.array(milliseconds).min(1).describe("medians of blocks, by round"),
    candidateMs: z.array(milliseconds).min(1).describe("medians of blocks, by round"),
    load1: z.number().nonnegative().describe("load average of the last minute, at the pair's start"),
    steal: z.number().min(0).max(1).nullable().describe("share of the processor, over the whole pair"),
  })
  .refine(
    ({ baseMs, candidateMs }) => baseMs.length === candidateMs.length,
    "both have a block in each round",
  )
  .refine(({ core, unpinned }) => (core === null) === (unpinned !== undefined), "pinned, or why not");
/** See {@link pairSchema}. */
export type Pair = z.infer<typeof pairSchema>;

/**
 * How much longer the candidate took than the base: over the rounds, the median of ln(candidate's block / base's block).
 * Of blocks, medians are recorded, without the first inference of each.
 */
export function differenceOf({ baseMs, candidateMs }: Pick<Pair, "baseMs" | "candidateMs">): number {
  return median(baseMs.map((ms, round) => Math.log((candidateMs[round] ?? NaN) / ms)));
}
