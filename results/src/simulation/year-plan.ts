import { parseCellId } from "../cell-id.ts";
import { drawsOf, type Draws } from "./draws.ts";

/**
 * What can happen: a `step` or a slow `drift` of code; an upgrade of a `library` by a commit; one of the `browser` or the `system`
 * around it; another `machine`; a cell that begins to `crash`, or is `gone`.
 */
export type EventKind = "step" | "drift" | "library" | "browser" | "system" | "machine" | "crash" | "gone";

/** One thing that happens in a simulated year. */
export interface PlannedEvent {
  readonly kind: EventKind;
  /** The first night with it. */
  readonly night: number;
  /** Over how many nights it comes; from the last of them on it stays. */
  readonly nights: number;
  /** ln of the new latency over the old. */
  readonly step: number;
  /** Of those that it concerns. */
  readonly cells: readonly string[];
}

/** A year that was thought out, so that what is said of it can be right or wrong. */
export interface YearPlan {
  readonly seed: number;
  readonly nights: number;
  readonly cells: readonly string[];
  readonly events: readonly PlannedEvent[];
}

/** Steps of one cell, of a backend's row or of all of a backend's, as ratios. */
const STEPS = [1.02, 1.02, 1.03, 1.03, 1.03, 1.05, 1.05, 1.1, 1.1, 1.2, 0.97, 0.95, 0.9];
const DRIFT = { ratio: 1.06, nights: 60, count: 3 } as const;
/** Nights that are left as they are at either end, so that there is something before and after. */
const QUIET = 20;

/** Steps, drifts, upgrades and another machine, at nights and of cells that the seed decides. */
export function planYear(seed: number, nights: number, cells: readonly string[]): YearPlan {
  const draws = drawsOf(seed, "plan");
  const someNight = (room = 0) => QUIET + Math.floor(draws.share() * Math.max(0, nights - 2 * QUIET - room));
  const events: PlannedEvent[] = [
    ...STEPS.map((ratio): PlannedEvent => {
      const night = someNight();
      return { kind: "step", night, nights: 1, step: Math.log(ratio), cells: concerned(cells, draws) };
    }),
    ...Array.from({ length: DRIFT.count }, (): PlannedEvent => {
      const night = someNight(DRIFT.nights);
      const step = Math.log(DRIFT.ratio);
      return { kind: "drift", night, nights: DRIFT.nights, step, cells: [draws.among(cells)] };
    }),
    upgrade("library", someNight(), cells, (cell) => parseCellId(cell).backend.startsWith("tfjs-")),
    upgrade("browser", someNight(), cells, (cell) => parseCellId(cell).target === "chrome"),
    { kind: "system", night: someNight(), nights: 1, step: Math.log(1.03), cells },
    { kind: "machine", night: Math.floor(nights * 0.8), nights: 1, step: Math.log(0.8), cells },
    { kind: "crash", night: someNight(), nights: 1, step: 0, cells: [draws.among(cells)] },
    { kind: "gone", night: someNight(), nights: 1, step: 0, cells: [draws.among(cells)] },
  ];
  return { seed, nights, cells, events: events.toSorted((a, b) => a.night - b.night) };
}

/** Whether another commit brought it: so a pair of builds can tell. */
export function isOfCode({ kind }: PlannedEvent): boolean {
  return kind === "step" || kind === "drift" || kind === "library";
}

/** What an event has added to a night's ln latency of the cells that it concerns. */
export function effectOf({ night: first, nights, step }: PlannedEvent, night: number): number {
  return night < first ? 0 : step * Math.min(1, (night - first + 1) / nights);
}

/** How much of a cell's ln latency in a night is the code's doing: what a pair of that night's build would show. */
export function codeEffect({ events }: YearPlan, cell: string, night: number): number {
  return events
    .filter((event) => isOfCode(event) && event.cells.includes(cell))
    .reduce((sum, event) => sum + effectOf(event, night), 0);
}

/** All that it concerns takes a little longer with it. */
function upgrade(
  kind: "library" | "browser",
  night: number,
  cells: readonly string[],
  isConcerned: (cell: string) => boolean,
): PlannedEvent {
  return { kind, night, nights: 1, step: Math.log(1.04), cells: cells.filter(isConcerned) };
}

function concerned(cells: readonly string[], draws: Draws): string[] {
  const cell = draws.among(cells);
  const row = cell.slice(cell.indexOf("/"));
  const { backend } = parseCellId(cell);
  return draws.among([
    [cell],
    cells.filter((other) => other.endsWith(row)),
    cells.filter((other) => parseCellId(other).backend === backend),
  ]);
}
