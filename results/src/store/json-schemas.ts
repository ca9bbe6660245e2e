import { z } from "zod";
import { comparisonSchema } from "../comparison/comparison.ts";
import { alertSchema } from "../nights/alert.ts";
import { nightSchema } from "../nights/night.ts";
import { calibrationLineSchema, calibrationStartSchema } from "../pairs/calibration.ts";
import { runSchema } from "../schema.ts";

const PUBLISHED = {
  run: { title: "A run of mobilenet-bench", schema: runSchema },
  comparison: { title: "A comparison of two builds by mobilenet-bench", schema: comparisonSchema },
  calibration: {
    title:
      "A line of a calibration of mobilenet-bench: the first is its start, all others are recorded pairs",
    schema: z.union([calibrationStartSchema, calibrationLineSchema]),
  },
  night: { title: "A night of mobilenet-bench", schema: nightSchema },
  alert: { title: "An alert of mobilenet-bench", schema: alertSchema },
} as const;

/** The JSON Schemas (draft 2020-12) of what is written, by the names of their files in `schema`. */
export function jsonSchemas(): ReadonlyMap<string, object> {
  return new Map(
    Object.entries(PUBLISHED).map(([name, { title, schema }]) => [
      `${name}.schema.json`,
      { $id: `mobilenet-bench-${name}`, title, ...z.toJSONSchema(schema) },
    ]),
  );
}
