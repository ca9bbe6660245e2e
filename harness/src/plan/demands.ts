import type { Status } from "@mobilenet-bench/results";
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

const AXES = ["backend", "target", "threads", "precision"] as const satisfies readonly (keyof Filters)[];
type Axis = (typeof AXES)[number];

/** What a cell has of each filter that takes names. */
const VALUE_OF: Readonly<Record<Axis, (cell: Subject) => string>> = {
  backend: ({ backend }) => backend,
  target: ({ target }) => target,
  threads: ({ options }) => String(options["threads"] ?? 1),
  precision: ({ options }) => String(options["precision"] ?? "fp32"),
};

/**
 * What a command line asked for by name: each cell id; each value of a filter that is no glob; each combination of a
 * backend with other values, where all are named; and the browser of a path. What globs and suites bring along is not.
 */
export function demandsOf(filters: Filters, cells: readonly Subject[]): Demand[] {
  const idsWhere = (fits: (cell: Subject) => boolean) => cells.filter(fits).map(({ id }) => id);
  const given = AXES.filter((axis) => filters[axis] !== undefined);
  const named = (axis: Axis) => (filters[axis] ?? []).filter((value) => !isGlob(value));
  const isNamed = (cell: Subject) =>
    Boolean(filters.cells?.length) ||
    (given.includes("backend") && given.every((axis) => named(axis).includes(VALUE_OF[axis](cell))));
  const values = given.flatMap((axis) =>
    named(axis).map((value) => ({
      what: `--${axis} ${value}`,
      cells: idsWhere((cell) => VALUE_OF[axis](cell) === value),
    })),
  );
  const { browserPath } = filters;
  const browser =
    browserPath === undefined
      ? []
      : [{ what: `--browser-path ${browserPath}`, cells: idsWhere(usesBrowserPath) }];
  return [...values, ...browser, ...idsWhere(isNamed).map((id) => ({ what: id, cells: [id] }))];
}

/** Firefox is found in its own way. */
export function usesBrowserPath({ target }: Pick<Subject, "target">): boolean {
  return target === "chrome";
}

/** How a cell, or whatever stands for some, ended. */
export interface Ended {
  readonly id: string;
  readonly status: Status;
  readonly reason?: string;
}

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
  const lacking = all.flatMap(({ what, cells }) => {
    const found = cells.flatMap((id) => byId.get(id) ?? []);
    // What failed in another way is wrong by itself, and said so already.
    if (found.some(({ status }) => status !== "unsupported")) return [];
    return [{ what, reason: found[0]?.reason ?? "No cell has it." }];
  });
  // Cells say more than the names that they have in common, and once is enough.
  const unmet = new Set(lacking.map(({ what, reason }) => `Asked for and not to be had: ${what}. ${reason}`));
  const failed = ended.some(({ status }) => status !== "ok" && status !== "unsupported");
  return { wrong: failed || unmet.size > 0, unmet: [...unmet] };
}
