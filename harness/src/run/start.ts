import { z } from "zod";
import { environmentSchema, fewSetsSchema, protocolSchema, shardSchema } from "@mobilenet-bench/results";
import { givenFilesSchema } from "./given-files.ts";
import { outsideModulesSchema } from "./outside-modules.ts";

/** What decides what is measured, and where it goes: all that a run must not forget when it is gone on with. */
const settingsSchema = givenFilesSchema.extend({
  protocol: protocolSchema,
  seed: z.int(),
  keepSamples: z.boolean(),
  profile: z.boolean(),
  /** Whether the machine's peaks are taken, before the cells and after them. */
  peaks: z.boolean(),
  /** Whether cells that cannot be had count as wrong even where nobody named them. */
  strict: z.boolean(),
  modules: outsideModulesSchema.exactOptional(),
  /** By cell. */
  few: z.record(z.string(), fewSetsSchema).exactOptional(),
  /** Wall time of all cells, as it was estimated before. */
  estimatedMs: z.number().nonnegative().exactOptional(),
  browser: z.object({
    headed: z.boolean().exactOptional(),
    browserPath: z.string().exactOptional(),
    browserArgs: z.array(z.string()).exactOptional(),
  }),
  /** The folder of the run file. */
  output: z.string(),
});
/** What the command line decides of a run. */
export type RunSettings = z.infer<typeof settingsSchema>;

/** What a run set out to do: enough to go on after an interruption. */
export const startSchema = settingsSchema.extend({
  id: z.string(),
  startedAt: z.iso.datetime(),
  suite: z.string().nullable(),
  shard: shardSchema.exactOptional(),
  /** What was asked for by name, and has to be had. */
  demands: z.array(z.object({ what: z.string(), cells: z.array(z.string()).readonly() })).readonly(),
  environment: environmentSchema,
  cells: z.array(z.string()),
});
/** What the folder of an unfinished run keeps. */
export type Start = z.infer<typeof startSchema>;
