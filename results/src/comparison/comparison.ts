import { z } from "zod";
import { environmentSchema } from "../environment.ts";
import { pairedComparisonSchema, pairProtocolSchema } from "../pairs/index.ts";
import { givenFields, STATUSES } from "../schema.ts";
import { differenceInActualSchema } from "./differences-in-actual.ts";
import { layerChangeSchema } from "./layer-changes.ts";

/** The version of the form of live comparisons. */
export const COMPARISON_VERSION = 1;

/** A build that was compared, as far as it explains a figure. */
export const comparedBuildSchema = z.object({
  word: z.string().describe("as the user named it"),
  kind: z.enum(["working-tree", "ref", "tarball", "folder", "peer"]),
  commit: z.string().nullable(),
  dirty: z.boolean().nullable(),
  identity: z.string().describe("the same for the same sources and libraries"),
  libraries: z.record(z.string(), z.string()).describe("versions that are installed, by package"),
});
/** See {@link comparedBuildSchema}. */
export type ComparedBuild = z.infer<typeof comparedBuildSchema>;

/** What both sides measured of a cell, and what it came to. */
export const comparedCellSchema = z.object({
  id: z.string(),
  status: z.literal("compared"),
  outcome: z
    .enum(["slower", "faster", "same", "unknown", "unconfirmed"])
    .describe("slower and faster only where both jobs say so; unconfirmed where the first alone did"),
  first: pairedComparisonSchema,
  second: pairedComparisonSchema
    .exactOptional()
    .describe("of an independent job: other processes, another seed; where the first said slower or faster"),
  q: z.number().min(0).max(1).describe("Benjamini–Hochberg over the first jobs of all cells"),
  layers: z
    .array(layerChangeSchema)
    .exactOptional()
    .describe("where both jobs said slower or faster and the backend can time its layers"),
  differs: z
    .array(differenceInActualSchema)
    .exactOptional()
    .describe("what the sides say of what they ran, where it is not the same"),
});
/** See {@link comparedCellSchema}. */
export type ComparedCell = z.infer<typeof comparedCellSchema>;

/** A cell without a verdict, and why. */
export const uncomparedCellSchema = z.object({
  id: z.string(),
  status: z.enum(STATUSES).exclude(["ok"]),
  side: z.enum(["base", "candidate", "both"]),
  reason: z.string(),
  remedy: z.string().exactOptional(),
});
/** See {@link uncomparedCellSchema}. */
export type UncomparedCell = z.infer<typeof uncomparedCellSchema>;

/** Two builds, compared cell by cell on one machine at one time: what `mnb compare --json` prints of builds. */
export const comparisonSchema = z.object({
  schema: z.literal(COMPARISON_VERSION),
  kind: z.literal("builds"),
  id: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  complete: z.boolean().describe("false where it was interrupted and cells are missing"),
  seed: z.int(),
  ...givenFields,
  protocol: pairProtocolSchema,
  environment: environmentSchema.describe("of the machine and of the Node that ran both sides"),
  base: comparedBuildSchema,
  candidate: comparedBuildSchema,
  cells: z.array(z.discriminatedUnion("status", [comparedCellSchema, uncomparedCellSchema])),
});
/** See {@link comparisonSchema}. */
export type Comparison = z.infer<typeof comparisonSchema>;
