import { z } from "zod";

/** The version of the form of nights. */
export const NIGHT_VERSION = 1;

/** What the pairs said of a nominated cell; `unpaired`: there were none, for the reason given. */
export const NOMINEE_OUTCOMES = ["slower", "faster", "same", "unknown", "unconfirmed", "unpaired"] as const;

/** A cell that the history nominated, and what the paired job said of it. */
export const nightNomineeSchema = z.object({
  key: z.string().describe("the same as long as the same change is nominated"),
  cell: z.string(),
  machine: z.string(),
  direction: z.enum(["slower", "faster"]),
  ratio: z.number().positive().describe("of the new level to the old, as the history has it"),
  ground: z.enum(["outlier", "change"]),
  outcome: z.enum(NOMINEE_OUTCOMES),
  words: z.string().describe("of the pairs, or why there were none"),
});

/** What one night came to: what was measured, nominated, confirmed and found gone. */
export const nightSchema = z.object({
  schema: z.literal(NIGHT_VERSION),
  id: z.string(),
  at: z.iso.datetime(),
  commit: z.string().nullable(),
  runs: z.array(z.string()).describe("ids of its runs, all shards on all machines"),
  simulated: z.boolean().exactOptional().describe("whether any of them was made and not measured"),
  nominees: z.array(nightNomineeSchema),
  opened: z.array(z.string()).describe("keys of alerts"),
  closed: z.array(z.string()),
  open: z.array(z.string()).describe("those of older nights that are still open"),
});
/** See {@link nightSchema}. */
export type Night = z.infer<typeof nightSchema>;
/** See {@link nightNomineeSchema}. */
export type NightNominee = z.infer<typeof nightNomineeSchema>;
