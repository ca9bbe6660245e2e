import { AXES, axisValue } from "@mobilenet-bench/results";
import type { SiteCell } from "../data/site-cell.ts";
import { matches } from "./match.ts";
import { FILTER_KEYS, type FilterKey, type SiteState } from "./site-state.ts";

/** By what a filter chooses. */
interface Filter {
  /** As its control is called. */
  readonly title: string;
  /** What a cell has of it. */
  readonly of: (cell: SiteCell) => string;
}

/** Every filter: another one is another entry, and the compiler asks for it where a state is read. */
export const FILTERS: Readonly<Record<FilterKey, Filter>> = {
  model: { title: "Model", of: ({ model }) => model },
  backend: { title: "Backend", of: ({ backend }) => backend },
  target: { title: "Target", of: ({ target }) => target },
  threads: { title: "Threads", of: ({ options }) => String(axisValue(options, "threads")) },
  precision: { title: "Precision", of: ({ options }) => String(axisValue(options, "precision")) },
  variant: { title: "Variant", of: ({ model }) => variantOf(model) },
  adapter: { title: "Adapter", of: ({ software }) => (software ? "software" : "hardware") },
  status: { title: "Status", of: ({ status }) => status },
};

/** The values that the axes have by default, first in controls. */
const FIRST: ReadonlySet<string> = new Set([
  String(AXES.threads.default),
  AXES.precision.default,
  "separable",
  "hardware",
  "ok",
]);

/** Made once: to make it takes many times as long as to compare. */
const BY_NUMBER = new Intl.Collator("en", { numeric: true });

/** `conv` and `shallow` are the paper's variants; the family's own layers are separable. What else a name tells stands behind. */
export function variantOf(model: string): string {
  const [, conv = "", others = ""] =
    /(_conv)?((?:_shallow|_relu|_symmetric|_os16|_sigmoid)*)$/.exec(model) ?? [];
  return [conv === "" ? "separable" : "conv", ...others.split("_").slice(1)].join("-");
}

/** What is shown, and what each filter takes away. */
export interface Filtered {
  readonly shown: readonly SiteCell[];
  readonly all: number;
  /** Of filters that take something away: how many cells would be shown more without it. */
  readonly leftOut: readonly LeftOut[];
}

/** How many more cells were shown if this one filter were not set. */
interface LeftOut {
  readonly filter: FilterKey | "search";
  readonly title: string;
  readonly cells: number;
}

/** Chooses cells. Their order stays. */
export function filterCells(cells: readonly SiteCell[], state: SiteState): Filtered {
  const tests = testsOf(state);
  const shown = cells.filter((cell) => tests.every(({ lets }) => lets(cell)));
  const leftOut = tests.map(({ filter, title }) => {
    const others = tests.filter((test) => test.filter !== filter);
    const without = cells.filter((cell) => others.every(({ lets }) => lets(cell)));
    return { filter, title, cells: without.length - shown.length };
  });
  return { shown, all: cells.length, leftOut: leftOut.filter(({ cells: more }) => more > 0) };
}

interface Test extends Pick<LeftOut, "filter" | "title"> {
  readonly lets: (cell: SiteCell) => boolean;
}

function testsOf({ filters, search }: SiteState): Test[] {
  const set = FILTER_KEYS.filter((key) => filters[key].length > 0);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const searched: Test = {
    filter: "search",
    title: "Search",
    lets: ({ id, status }) => words.every((word) => `${id} ${status}`.toLowerCase().includes(word)),
  };
  return [
    ...set.map((key) => ({
      filter: key,
      title: FILTERS[key].title,
      lets: (cell: SiteCell) => matches(FILTERS[key].of(cell), filters[key]),
    })),
    ...(words.length > 0 ? [searched] : []),
  ];
}

/** The values of a filter that some cell has, as a control offers them. */
export function valuesOf(key: FilterKey, cells: readonly SiteCell[]): string[] {
  const values = [...new Set(cells.map(FILTERS[key].of))];
  // Models and backends keep the order of the cells, the heaviest and the fastest first.
  if (key === "model" || key === "backend") return values;
  return values.toSorted((a, b) => Number(FIRST.has(b)) - Number(FIRST.has(a)) || BY_NUMBER.compare(a, b));
}

/** The state with another set of patterns for one filter. */
export function withFilter(state: SiteState, key: FilterKey, patterns: readonly string[]): SiteState {
  const filters: Record<FilterKey, readonly string[]> = { ...state.filters };
  filters[key] = patterns;
  return { ...state, filters };
}

/** The state without what one of {@link LeftOut} names. */
export function withoutFilter(state: SiteState, filter: LeftOut["filter"]): SiteState {
  if (filter === "search") return { ...state, search: "" };
  return withFilter(state, filter, []);
}
