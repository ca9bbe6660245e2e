import { z } from "./zod.ts";

/** The version of `latest/MACHINE.json`; another one is refused by name. */
export const LATEST_VERSION = 1;

const index = z.int().check(z.nonnegative());
const number = z.number();
const none = z.nullable(number);
const text = z.string();

/** A column has one value for each cell; null where that has none. */
const columns = z.object({
  model: z.array(index),
  backend: z.array(index),
  target: z.array(index),
  options: z.array(index),
  run: z.array(index),
  status: z.array(index),
  reason: z.array(z.nullable(index)),
  ms: z.array(none),
  low: z.array(none),
  high: z.array(none),
  min: z.array(none),
  p90: z.array(none),
  importMs: z.array(none),
  loadMs: z.array(none),
  firstMs: z.array(none),
  worstFraction: z.array(none),
  ofPeak: z.array(none),
  peakStyle: z.array(z.nullable(index)),
  peakThreads: z.array(none),
  marks: z.array(z.array(index)),
  software: z.array(z.boolean()),
  /** Indices of cells that are surely faster. */
  faster: z.array(z.array(index)),
});

/** Columns in place of records, texts by their index in `texts`: a third of the size. */
export const latestSchema = z.object({
  schema: z.literal(LATEST_VERSION),
  machine: z.object({
    id: text,
    title: text,
    os: text,
    cores: number,
    peak: z.exactOptional(z.object({ style: text, gmacs: number })),
  }),
  runs: z.array(
    z.object({
      id: text,
      startedAt: text,
      machine: text,
      suite: z.nullable(text),
      commit: z.nullable(text),
      dirty: z.boolean(),
      complete: z.boolean(),
      cells: index,
      file: text,
      versions: z.record(text, text),
    }),
  ),
  models: z.array(z.object({ name: text, multAdds: index, params: index })),
  texts: z.array(text),
  columns,
  fits: z.array(
    z.object({
      run: text,
      backend: text,
      software: z.boolean(),
      models: index,
      slope: number,
      intercept: number,
      rSquared: number,
      worst: z.object({ model: text, residual: number }),
    }),
  ),
});

/** What the file holds, as JSON. */
export type LatestFile = z.infer<typeof latestSchema>;
/** The columns of the file. */
export type Columns = LatestFile["columns"];
