import type { OptionSpec } from "@mobilenet-bench/backend";
import { z } from "zod";
import { AXES, type AxisTable } from "./axes.ts";
import { environmentSchema } from "./environment.ts";
import { loopsSchema, timeSchema } from "./loops.ts";
import { anotherRunSchema, clockedSchema } from "./other-runs.ts";
import { holdToOwnId } from "./own-id.ts";
import { outsideModuleSchema } from "./outside-module.ts";
import { partSchema } from "./part.ts";
import { fewSetsSchema, shardSchema } from "./shard.ts";
import { blockStateFields } from "./machine-state.ts";
import { memorySchema } from "./memory.ts";
import { protocolSchema } from "./protocol.ts";

/**
 * The one schema of a run: what `mnb run --json` prints, what a run file holds, and what is validated on every
 * write and read. The JSON Schema in `schema/` is made from it.
 */
export const SCHEMA_VERSION = 1;

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
const json: z.ZodType<Json> = z.json();

const milliseconds = z.number().nonnegative();
const count = z.int().nonnegative();
/** Of a cell: a value on any of the axes, and whatever options its backend has. */
export function optionsSchema(axes: AxisTable) {
  const onAxes = Object.entries(axes).map(
    ([axis, spec]) => [axis, valueOn(spec).describe(spec.description).exactOptional()] as const,
  );
  return z
    .object(Object.fromEntries(onAxes))
    .catchall(z.union([z.string(), z.number()]))
    .describe(
      "what differs from the defaults: of the axes that every cell has, and of the backend's own options",
    );
}

const options = optionsSchema(AXES);

function valueOn({ values }: OptionSpec) {
  return "min" in values ? z.int().min(values.min).max(values.max) : z.enum(values);
}

/** Every way in which a cell can end; docs/method.md explains each. */
export const STATUSES = [
  "ok",
  "mismatch",
  "crash",
  "hang",
  "device-lost",
  "oom",
  "unsupported",
  "infra",
] as const;
/** One of {@link STATUSES}; only `ok` carries figures. */
export type Status = (typeof STATUSES)[number];

/** Statistics of one inference, host memory to host memory; the unit of analysis is the block. */
export const latencySchema = z.object({
  unit: z.literal("ms"),
  median: milliseconds.describe("median of the block medians"),
  ci95: z
    .tuple([milliseconds, milliseconds])
    .describe(
      "of the median within this run, by a bootstrap over sets and the blocks in them: other runs differ by more",
    ),
  min: milliseconds.describe("fastest single inference"),
  p90: milliseconds.nullable().describe("over single inferences; null below 64 of them"),
  blocks: count,
  inferences: count,
});

/** What comes before the first answer of a fresh process, in milliseconds. */
export const coldStartSchema = z.object({
  importMs: milliseconds.describe("importing the backend and its library"),
  loadMs: milliseconds.describe("from weights in memory to a session"),
  firstInferenceMs: milliseconds,
});

/** How the logits compare with the float64 reference. */
export const correctnessSchema = z.object({
  maxAbsError: z.number().nonnegative().describe("of a logit, against the float64 reference"),
  bound: z.number().nonnegative().describe("allowed for the worst logit"),
  worstFraction: z.number().nonnegative().describe("largest error as a fraction of its bound"),
  top1Agrees: z.boolean(),
});

/** A few inferences of one cell, timed in one go. */
export const blockSchema = z.object({
  set: count.describe("which of the cell's fresh processes: one in each set"),
  round: count,
  startedAt: z.iso.datetime(),
  inferences: count,
  medianMs: milliseconds,
  minMs: milliseconds,
  ...blockStateFields,
  cpuMs: milliseconds
    .optional()
    .describe("processor time of all threads during the inferences; absent where it cannot be told"),
  busiestShare: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("of the busiest thread in the processor time of the block; absent where it cannot be told"),
  excluded: z.string().optional().describe("the rule by which the block is left out"),
  samplesMs: z.array(milliseconds).optional(),
});

/** A layer's share of one inference. */
export const layerTimeSchema = z.object({
  name: z.string().describe("a layer, or fused layers as FIRST+SECOND"),
  type: z.string(),
  multAdds: count,
  ms: milliseconds,
});

/** How many times as long as its model's base a cell takes. */
export const ratioSchema = z.object({
  base: z.string().describe("the cell that it is the ratio to"),
  value: z
    .number()
    .nonnegative()
    .describe("median over rounds of the ratio of the block medians of one round"),
  ci95: z
    .tuple([z.number().nonnegative(), z.number().nonnegative()])
    .exactOptional()
    .describe(
      "of the ratio within this run, between order statistics; absent below six rounds, and of the base",
    ),
  rounds: count.describe("that both cells share; where it is 0, the ratio is that of the medians"),
});

/** What a cell did with the processor, while it computed and while nothing was asked of it. */
export const processorUseSchema = z.object({
  cores: z.number().nonnegative().describe("processor time of all threads per time of the timed inferences"),
  busiestShare: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("of the busiest thread in it; absent where threads cannot be told apart"),
  restCpuMs: milliseconds.describe(
    "processor time after a block, while nothing was asked: the lower quartile",
  ),
});

/**
 * Why a figure may not be what it says it is: other threads computed than those named, or work goes on after the
 * answer.
 */
export const doubtSchema = z.object({
  kind: z.enum(["threads", "rest"]),
  reason: z.string(),
});

const identity = z.object({
  id: z.string(),
  model: z.string(),
  backend: z.string(),
  target: z.string(),
  options,
  multAdds: count,
  params: count,
});

/** A cell whose every output was right, and its figures. */
export const okCellSchema = identity
  .extend({
    status: z.literal("ok"),
    latency: latencySchema,
    gmacs: z.number().nonnegative().describe("multAdds / median latency, in 1e9 per second"),
    coldStart: coldStartSchema.describe("medians over the fresh processes that nothing else started beside"),
    correctness: correctnessSchema.describe("the worst over all processes"),
    warmUp: z.object({ inferences: count, stable: z.boolean() }).describe("of the slowest process to settle"),
    blocks: z.array(blockSchema),
    layers: z.array(layerTimeSchema).optional(),
    memory: memorySchema.optional().describe("the most over all processes"),
    processor: processorUseSchema
      .optional()
      .describe(
        "medians over the blocks, but where said otherwise; absent where it cannot be told, as in pages",
      ),
    doubts: z
      .array(doubtSchema)
      .optional()
      .describe("what speaks against taking the figure for what it says it is"),
    actual: z.record(z.string(), json).describe("what really ran"),
    retries: count.optional(),
    fewSets: fewSetsSchema.exactOptional().describe("absent where it was measured in every set"),
    derived: z
      .object({
        ratio: ratioSchema
          .exactOptional()
          .describe("absent on software GPUs, which are compared with nothing"),
        rank: z
          .tuple([count, count])
          .exactOptional()
          .describe(
            "best and worst that this run leaves open, among the cells of the model that were compared; absent on software GPUs",
          ),
        ofPeak: z
          .object({ fraction: z.number().nonnegative(), style: z.string(), threads: count })
          .exactOptional()
          .describe("of the rate of that style on so many threads"),
        atReferenceClock: clockedSchema
          .exactOptional()
          .describe(
            "what is compared with other runs; absent below four minutes, and where a device computes",
          ),
        anotherRun: anotherRunSchema.exactOptional().describe("absent below three earlier runs"),
        marks: z.array(z.string()).describe("what asks for a second look; the legend explains each"),
      })
      .exactOptional()
      .describe("what tables show besides; printed with --json and not stored"),
  })
  .superRefine(holdToOwnId);

/** A cell without a figure, and why. */
export const failedCellSchema = identity
  .extend({
    status: z.enum(STATUSES).exclude(["ok"]),
    reason: z.string(),
    remedy: z.string().optional(),
    correctness: correctnessSchema.optional(),
    actual: z.record(z.string(), json).optional(),
    retries: count.optional(),
  })
  .superRefine(holdToOwnId);

/** Told apart by `status`. */
export const cellSchema = z.discriminatedUnion("status", [okCellSchema, failedCellSchema]);

/** Latency as a straight line over mult-adds. */
export const lineSchema = z.object({
  backend: z.string().describe("with target and options: a cell id without its model"),
  software: z.boolean().describe("whether all of it ran on a software GPU"),
  models: count,
  slope: z.number().describe("ms per 1e9 mult-adds"),
  intercept: z.number().describe("ms"),
  rSquared: z.number(),
  worst: z
    .object({ model: z.string(), residual: z.number() })
    .describe("the model that the line misses by the largest share of its latency (+: slower)"),
});

/** A file that was given in place of what the seed generates. */
export const givenFileSchema = z.object({ name: z.string(), sha256: z.string() });

/** What is computed on, where the seed alone does not say it. */
export const givenFields = {
  picture: givenFileSchema
    .exactOptional()
    .describe("the input, where it was not the synthetic image of the seed"),
  weights: givenFileSchema
    .exactOptional()
    .describe("the model's file, where its weights were not generated from the seed"),
} as const;

/** One execution of the harness: an environment, a protocol, and cells with ids that differ. */
export const runSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  id: z.string().describe("time, seed and a random end; a run that was resumed keeps it"),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  complete: z.boolean().describe("false where the run was interrupted and cells are missing"),
  simulated: z
    .string()
    .exactOptional()
    .describe("what made the figures, where nothing was measured; absent of every measured run"),
  suite: z.string().nullable(),
  shard: shardSchema.exactOptional().describe("absent where the run is all of what was asked for"),
  seed: z.int(),
  ...givenFields,
  modules: z
    .record(z.string(), outsideModuleSchema)
    .exactOptional()
    .describe("of backends from outside, by the backends' ids; absent where there are none"),
  environment: environmentSchema,
  parts: z
    .array(partSchema)
    .exactOptional()
    .describe("where the run was interrupted and gone on with: what was measured in which environment"),
  protocol: protocolSchema,
  loops: loopsSchema.exactOptional().describe("absent in older files"),
  time: timeSchema.exactOptional().describe("absent in older files"),
  cells: z.array(cellSchema).superRefine((cells, context) => {
    const ids = new Set<string>();
    for (const [i, { id }] of cells.entries()) {
      if (ids.has(id))
        context.addIssue({ code: "custom", path: [i, "id"], message: `${id} stands there twice` });
      ids.add(id);
    }
  }),
  derived: z
    .object({
      legend: z.record(z.string(), z.string()).describe("what titles and marks of tables mean"),
      lines: z.array(lineSchema),
    })
    .exactOptional()
    .describe("what tables show besides; printed with --json and not stored"),
});

/** A cell's latency in terms of another's, with its interval within the run. */
export type Ratio = z.infer<typeof ratioSchema>;
/** Of one inference, in milliseconds. */
export type Latency = z.infer<typeof latencySchema>;
/** In milliseconds: import, load, first inference. */
export type ColdStart = z.infer<typeof coldStartSchema>;
/** The largest error of a logit, and what share of its bound it is. */
export type Correctness = z.infer<typeof correctnessSchema>;
/** The unit of analysis: what one block took, and whether it counts. */
export type Block = z.infer<typeof blockSchema>;
/** Cores kept busy while a cell computed, and processor time in milliseconds while it was asked nothing. */
export type ProcessorUse = z.infer<typeof processorUseSchema>;
/** `threads`: others computed than are named; `rest`: work goes on after the answer. */
export type Doubt = z.infer<typeof doubtSchema>;
/** A cell with figures: every output that was looked at was right. */
export type OkCell = z.infer<typeof okCellSchema>;
/** A cell with a reason in place of figures. */
export type FailedCell = z.infer<typeof failedCellSchema>;
/** What became of one model on one backend on one target with its options. */
export type Cell = z.infer<typeof cellSchema>;
/** What a run file holds, and what `mnb run --json` prints. */
export type Run = z.infer<typeof runSchema>;
