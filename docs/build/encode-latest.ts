import { formatOptions } from "@mobilenet-bench/results";
import type { Latest } from "../src/data/latest.ts";
import { LATEST_VERSION, type Columns, type LatestFile } from "../src/data/latest-schema.ts";

/** Gives each value the index under which it is first met. */
class Dictionary<Value> {
  readonly values: Value[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(key: string, value: Value): number {
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** From cells to columns; figures keep their full precision. */
export function encodeLatest({ machine, runs, cells, fits, surelyFaster }: Latest): LatestFile {
  const texts = new Dictionary<string>();
  const models = new Dictionary<LatestFile["models"][number]>();
  const textOf = (text: string) => texts.indexOf(text, text);
  const runIndex = new Map(runs.map(({ id }, i) => [id, i]));
  const cellIndex = new Map(cells.map(({ id }, i) => [id, i]));
  const columns: Columns = {
    model: cells.map(({ model, multAdds, params }) =>
      models.indexOf(model, { name: model, multAdds, params }),
    ),
    backend: cells.map(({ backend }) => textOf(backend)),
    target: cells.map(({ target }) => textOf(target)),
    options: cells.map(({ options }) => textOf(formatOptions(options))),
    run: cells.map(({ run }) => runIndex.get(run) ?? -1),
    status: cells.map(({ status }) => textOf(status)),
    reason: cells.map(({ reason }) => (reason === undefined ? null : textOf(reason))),
    ms: cells.map(({ ms }) => ms ?? null),
    low: cells.map(({ ci95 }) => ci95?.[0] ?? null),
    high: cells.map(({ ci95 }) => ci95?.[1] ?? null),
    min: cells.map(({ min }) => min ?? null),
    p90: cells.map(({ p90 }) => p90 ?? null),
    importMs: cells.map(({ coldStart }) => coldStart?.importMs ?? null),
    loadMs: cells.map(({ coldStart }) => coldStart?.loadMs ?? null),
    firstMs: cells.map(({ coldStart }) => coldStart?.firstInferenceMs ?? null),
    worstFraction: cells.map(({ worstFraction }) => worstFraction ?? null),
    ofPeak: cells.map(({ ofPeak }) => ofPeak?.fraction ?? null),
    peakStyle: cells.map(({ ofPeak }) => (ofPeak === undefined ? null : textOf(ofPeak.style))),
    peakThreads: cells.map(({ ofPeak }) => ofPeak?.threads ?? null),
    marks: cells.map(({ marks }) => marks.map(textOf)),
    software: cells.map(({ software }) => software),
    faster: cells.map(({ id }) =>
      [...(surelyFaster.get(id) ?? [])].flatMap((other) => cellIndex.get(other) ?? []),
    ),
  };
  return {
    schema: LATEST_VERSION,
    machine: { ...machine },
    runs: runs.map((run) => ({ ...run, versions: { ...run.versions } })),
    models: models.values,
    texts: texts.values,
    columns,
    fits: fits.map((fit) => ({ ...fit, worst: { ...fit.worst } })),
  };
}
