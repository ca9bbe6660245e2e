import { z } from "zod";
import { environmentSchema } from "../environment.ts";
import { outsideModuleSchema } from "../outside-module.ts";
import { pairProtocolSchema } from "./pair-protocol.ts";
import { pairSchema, type Pair } from "./pair.ts";

/** The version of what follows. */
export const CALIBRATION_VERSION = 1;

/** By which share the candidate's inferences were made longer; 0 where both sides were equal. */
const slowDown = z.number().min(0).max(10);

const seriesKeySchema = z.object({ cell: z.string(), slowDown });

/** The first line of a calibration: what it sets out to record. */
export const calibrationStartSchema = z.object({
  kind: z.literal("start"),
  version: z.literal(CALIBRATION_VERSION),
  id: z.string(),
  startedAt: z.iso.datetime(),
  seed: z.int(),
  cells: z.array(z.string()).min(1),
  slowDowns: z.array(slowDown).min(1),
  pairs: z.int().positive().describe("of each cell with each slow-down"),
  stretch: z.int().positive().describe("pairs of one series in a row"),
  besideLoad: z.boolean().describe("whether another process kept one core busy all the time"),
  protocol: pairProtocolSchema,
  modules: z
    .record(z.string(), outsideModuleSchema)
    .exactOptional()
    .describe("of backends from outside, by the backends' ids"),
  environment: environmentSchema,
});
/** See {@link calibrationStartSchema}. */
export type CalibrationStart = z.infer<typeof calibrationStartSchema>;

const pairLineSchema = z.object({ kind: z.literal("pair"), ...seriesKeySchema.shape, record: pairSchema });

/** The other lines: a recorded pair each. */
export const calibrationLineSchema = pairLineSchema;
/** See {@link calibrationLineSchema}. */
export type CalibrationLine = z.infer<typeof calibrationLineSchema>;

/** The pairs of one cell with one slow-down, in the order of time. */
export interface CalibrationSeries extends z.infer<typeof seriesKeySchema> {
  readonly pairs: readonly Pair[];
}

/** A calibration as it was recorded, whole or up to an interruption. */
export interface Calibration {
  readonly start: CalibrationStart;
  readonly series: readonly CalibrationSeries[];
}

/** What a recording holds, by cell and slow-down; a series without a pair is an empty one. */
export function calibrationOf(start: CalibrationStart, lines: readonly CalibrationLine[]): Calibration {
  const series = start.cells.flatMap((cell) =>
    start.slowDowns.map((slowDown) => ({
      cell,
      slowDown,
      pairs: lines.flatMap((line) => (line.cell === cell && line.slowDown === slowDown ? [line.record] : [])),
    })),
  );
  return { start, series };
}
