import { z } from "../data/zod.ts";
import { isParameter, PARAMETERS, querySchema } from "./query-schema.ts";
import { DEFAULT_STATE, FILTER_KEYS, type Filters, type SiteState } from "./site-state.ts";

/** A state, and what of the address says nothing that this page knows. */
export interface ReadQuery {
  readonly state: SiteState;
  /** A sentence each, for the reader; the rest of the address holds. */
  readonly notices: readonly string[];
}

/** What the part of an address after `?` says. Nothing in it can fail: what is not understood becomes a notice. */
export function readQuery(query: string): ReadQuery {
  const notices: string[] = [];
  const known: Record<string, string> = {};
  for (const [name, text] of new URLSearchParams(query)) {
    if (!isParameter(name)) notices.push(`The address has “${name}”, which is no setting of this page.`);
    else if (Object.hasOwn(known, name))
      notices.push(`The address has “${name}” twice: the first one counts.`);
    else if (z.safeParse(PARAMETERS[name], text).success) known[name] = text;
    else notices.push(`The address has “${name}=${text}”, which is no value of it.`);
  }
  const { scale, sort, group, search, machine, run, budget, size, ...patterns } = querySchema.parse(known);
  const filters: Filters = {
    model: patterns.model ?? [],
    backend: patterns.backend ?? [],
    target: patterns.target ?? [],
    threads: patterns.threads ?? [],
    precision: patterns.precision ?? [],
    variant: patterns.variant ?? [],
    adapter: patterns.adapter ?? [],
    status: patterns.status ?? [],
  };
  return {
    notices,
    state: {
      filters,
      scale: scale ?? DEFAULT_STATE.scale,
      sort: sort ?? DEFAULT_STATE.sort,
      group: group ?? DEFAULT_STATE.group,
      search: search ?? DEFAULT_STATE.search,
      ...(machine !== undefined && { machine }),
      ...(run !== undefined && { run }),
      ...(budget !== undefined && { budget }),
      ...(size !== undefined && { size }),
    },
  };
}

/**
 * The shortest address of a state: sorted by name, without what is at its default; equal states have equal addresses.
 * @returns with its `?`, or nothing
 */
export function writeQuery(state: SiteState): string {
  const { machine, run, filters, scale, sort, group, search, budget, size } = state;
  const parameters: Record<string, string | undefined> = {
    machine,
    run,
    ...Object.fromEntries(FILTER_KEYS.map((key) => [key, filters[key].join(",") || undefined])),
    scale: scale === DEFAULT_STATE.scale ? undefined : scale,
    sort: sortText(sort) === sortText(DEFAULT_STATE.sort) ? undefined : sortText(sort),
    group: group === DEFAULT_STATE.group ? undefined : group,
    search: search || undefined,
    budget: budget === undefined ? undefined : String(budget),
    size: size === undefined ? undefined : String(size),
  };
  const pairs = Object.entries(parameters)
    .flatMap(([name, text]) => (text === undefined ? [] : [`${name}=${readable(text)}`]))
    .toSorted();
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function sortText({ key, descending }: SiteState["sort"]): string {
  return descending ? `-${key}` : key;
}

/** What needs no escape in a query stays as people type it. */
function readable(text: string): string {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%20", "+");
}
