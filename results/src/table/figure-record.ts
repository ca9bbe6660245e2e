import { formatOptions } from "../cell-id.ts";
import type { CsvValue } from "../harmless/index.ts";
import { marksNamed } from "./marks.ts";
import type { TableRow } from "./row.ts";

/** What CSV has of a row, by title, in the order of its columns: full precision, units in the titles. */
const FIELDS = {
  id: ({ id }) => id,
  model: ({ model }) => model,
  backend: ({ backend }) => backend,
  target: ({ target }) => target,
  options: ({ options }) => formatOptions(options),
  status: ({ status }) => status,
  marks: ({ marks }) => marks.join("; "),
  rank_best: ({ rank }) => rank?.[0],
  rank_worst: ({ rank }) => rank?.[1],
  ratio: ({ ratio }) => ratio?.value,
  ratio_within_run_ci95_low: ({ ratio }) => ratio?.ci95?.[0],
  ratio_within_run_ci95_high: ({ ratio }) => ratio?.ci95?.[1],
  ratio_rounds: ({ ratio }) => ratio?.rounds,
  ratio_base: ({ ratio }) => ratio?.base,
  mult_adds: ({ multAdds }) => multAdds,
  params: ({ params }) => params,
  median_ms: ({ ms }) => ms,
  median_within_run_ci95_low_ms: ({ ci95 }) => ci95?.[0],
  median_within_run_ci95_high_ms: ({ ci95 }) => ci95?.[1],
  reference_clock_ms: ({ clocked }) => clocked?.ms,
  reference_clock_ci95_low_ms: ({ clocked }) => clocked?.ci95[0],
  reference_clock_ci95_high_ms: ({ clocked }) => clocked?.ci95[1],
  reference_clock_sets: ({ clocked }) => clocked?.sets,
  another_run_here_ci95_low_ms: ({ another }) => another?.ci95[0],
  another_run_here_ci95_high_ms: ({ another }) => another?.ci95[1],
  another_run_here_earlier_runs: ({ another }) => another?.earlierRuns,
  min_ms: ({ min }) => min,
  p90_ms: ({ p90 }) => p90,
  gmacs: ({ gmacs }) => gmacs,
  fraction_of_peak: ({ ofPeak }) => ofPeak?.fraction,
  peak_style: ({ ofPeak }) => ofPeak?.style,
  import_ms: ({ coldStart }) => coldStart?.importMs,
  load_ms: ({ coldStart }) => coldStart?.loadMs,
  first_inference_ms: ({ coldStart }) => coldStart?.firstInferenceMs,
  peak_rss_bytes: ({ memory }) => memory?.peakRssBytes,
  wasm_bytes: ({ memory }) => memory?.wasmBytes,
  gpu_bytes: ({ memory }) => memory?.gpuBytes,
  page_bytes: ({ memory }) => memory?.pageBytes,
  worst_fraction_of_bound: ({ worstFraction }) => worstFraction,
  reason: ({ reason }) => reason,
  remedy: ({ remedy }) => remedy,
  marks_meaning: ({ marks }) =>
    marksNamed(marks)
      .map(({ meaning }) => meaning)
      .join("; "),
  run: ({ run }) => run,
  machine: ({ machine }) => machine,
  dirty: ({ dirty }) => (dirty === undefined ? undefined : String(dirty)),
} satisfies Record<string, (row: TableRow) => CsvValue>;

/** A title of {@link figureRecord}. */
export type FigureTitle = keyof typeof FIELDS;
/** In the order of columns. */
export const FIGURE_TITLES: readonly FigureTitle[] = Object.keys(FIELDS).filter(isFigureTitle);

function isFigureTitle(name: string): name is FigureTitle {
  return Object.hasOwn(FIELDS, name);
}

/** One record of CSV: a field for each title, empty where the row has nothing. */
export function figureRecord(row: TableRow): Readonly<Partial<Record<FigureTitle, CsvValue>>> {
  return Object.fromEntries(FIGURE_TITLES.map((title) => [title, FIELDS[title](row)]));
}
