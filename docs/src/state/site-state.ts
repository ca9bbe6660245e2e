/** By which cells are chosen, in the words of the command line. Each takes names, globs, and either with `!` before it. */
export const FILTER_KEYS = [
  "model",
  "backend",
  "target",
  "threads",
  "precision",
  "variant",
  "adapter",
  "status",
] as const;
/** The name of a filter, which is also that of its parameter. */
export type FilterKey = (typeof FILTER_KEYS)[number];

/** The patterns of each filter; none lets everything through. */
export type Filters = Readonly<Record<FilterKey, readonly string[]>>;

/** How axes are divided. */
type Scale = "log" | "linear";
/** What rows of the table stand under. */
export const GROUPS = ["model", "backend", "none"] as const;
/** One of {@link GROUPS}. */
export type Group = (typeof GROUPS)[number];

/** The columns that the table can be sorted by. */
export const SORT_KEYS = ["rank", "backend", "ms", "gmacs", "peak", "cold", "multAdds"] as const;
/** One of {@link SORT_KEYS}. */
export type SortKey = (typeof SORT_KEYS)[number];
/** From the smallest on, or from the largest. */
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** All that a reader can set, on any page; the address says it. */
export interface SiteState {
  /** The anonymous id of a machine; absent: the site's first, which shows most of the field. */
  readonly machine?: string;
  /** Pins figures to one run; absent: the newest. */
  readonly run?: string;
  readonly filters: Filters;
  readonly scale: Scale;
  readonly sort: Sort;
  readonly group: Group;
  /** Words that a row must have. */
  readonly search: string;
  /** Milliseconds that an inference may take. */
  readonly budget?: number;
  /** Megabytes that weights may have. */
  readonly size?: number;
}

/** Nothing set. */
export const DEFAULT_STATE: SiteState = {
  filters: {
    model: [],
    backend: [],
    target: [],
    threads: [],
    precision: [],
    variant: [],
    adapter: [],
    status: [],
  },
  scale: "log",
  sort: { key: "rank", descending: false },
  group: "model",
  search: "",
};
