import { AXES, AXIS_NAMES, axisValue, isAxis, parseAxisValue, type Status } from "@mobilenet-bench/results";
import { BROWSER_FLAGS } from "./browser-flags.ts";
import type { PlannedCell } from "./cell.ts";
import { isGlob } from "./globs.ts";
import type { Filters } from "./plan.ts";

/** Something that was asked for by name: at least one of its cells has to come about. */
export interface Demand {
  /** As it was asked for: a cell id, or an option with its value. */
  readonly what: string;
  /** Ids. */
  readonly cells: readonly string[];
}

type Subject = Pick<PlannedCell, "id" | "backend" | "target" | "options">;

/** The filters that take names: first those that say most of the cells that have them. */
const NAMED = [...AXIS_NAMES, "target", "backend"] as const satisfies readonly (keyof Filters)[];
type Named = (typeof NAMED)[number];

/** Whether a cell has what a filter names. */
function has(cell: Subject, filter: Named, text: string): boolean {
  if (!isAxis(filter)) return cell[filter] === text;
  return axisValue(cell.options, filter) === parseAxisValue(AXES[filter], text);
}

/**
 * What a command line asked for by name: each cell id; each value of a filter that is no glob; and the browser of a
 * path. What globs and suites bring along is not, nor is each combination of the values of filters: only an id names one.
 */
export function demandsOf(filters: Filters, cells: readonly Subject[]): Demand[] {
  const idsWhere = (fits: (cell: Subject) => boolean) => cells.filter(fits).map(({ id }) => id);
  const given = NAMED.filter((filter) => filters[filter] !== undefined);
  const named = (filter: Named) => (filters[filter] ?? []).filter((value) => !isGlob(value));
  const values = given.flatMap((filter) =>
    named(filter).map((text) => ({
      what: `--${filter} ${text}`,
      cells: idsWhere((cell) => has(cell, filter, text)),
    })),
  );
  const { browserPath } = filters;
  const browser =
    browserPath === undefined
      ? []
      : [
          {
            what: `--browser-path ${browserPath}`,
            cells: idsWhere(({ target }) => BROWSER_FLAGS.browserPath.targets.includes(target)),
          },
        ];
  const ids = filters.cells?.length ? idsWhere(() => true) : [];
  return [...ids.map((id) => ({ what: id, cells: [id] })), ...browser, ...values];
}

/** How a cell, or whatever stands for some, ended. */
export interface Ended {
  readonly id: string;
  readonly status: Status;
  readonly reason?: string;
}

/** How a command ends whose cells have all come to an end. */
export interface Judgement {
  /** Whether the exit status is 1. */
  readonly wrong: boolean;
  /** What was asked for and has not come about, a line each, with the reason. */
  readonly unmet: readonly string[];
}

/**
 * The rule of exit statuses: something is wrong where a cell failed; where what was asked for by name could not be had;
 * and, under `strict`, where anything could not.
 */
export function judgeEnd(ended: readonly Ended[], demands: readonly Demand[], strict: boolean): Judgement {
  const byId = new Map(ended.map((cell) => [cell.id, cell]));
  const all = strict ? [...demands, ...ended.map(({ id }) => ({ what: id, cells: [id] }))] : demands;
  const unmet = mostTelling(
    all.filter(({ cells }) =>
      // What failed in another way is wrong by itself, and said so already.
      cells.every((id) => (byId.get(id)?.status ?? "unsupported") === "unsupported"),
    ),
  ).map(({ what, cells }) => {
    const [first] = cells.flatMap((id) => byId.get(id) ?? []);
    return `Asked for and not to be had: ${what}. ${first?.reason ?? "No cell has it."}`;
  });
  const failed = ended.some(({ status }) => status !== "ok" && status !== "unsupported");
  return { wrong: failed || unmet.length > 0, unmet: [...new Set(unmet)] };
}

/** Those whose cells no others tell already: cells say more than the names that they have in common. */
function mostTelling(demands: readonly Demand[]): Demand[] {
  const told = new Set<string>();
  return demands
    .toSorted((a, b) => a.cells.length - b.cells.length)
    .filter(({ cells }) => {
      const isNew = cells.length === 0 || cells.some((id) => !told.has(id));
      for (const id of cells) told.add(id);
      return isNew;
    });
}
