import type { CauseKind, Change, HistoryRun } from "../history/history.ts";
import type { LivedYear, RaisedAlert } from "./lived-year.ts";
import { nightOf } from "./simulate-nights.ts";
import { isOfCode, type EventKind, type PlannedEvent } from "./year-plan.ts";
import type { EventOutcome } from "./year-outcome.ts";

/** The place of a change is an estimate: so many nights off, it is still that of the event. */
const SLACK = 3;

/** What the history is to say of the cause. */
const CAUSE_OF: Readonly<Record<EventKind, CauseKind | undefined>> = {
  step: "commit",
  drift: "commit",
  library: "library",
  browser: "browser",
  system: "system",
  machine: undefined,
  crash: undefined,
  gone: undefined,
};

/** Whether the event was found, when, and with which cause. */
export function outcomeOfEvent(event: PlannedEvent, { history, alerts, vanished }: LivedYear): EventOutcome {
  const { kind, night, step, cells } = event;
  const own = isOfCode(event) ? alerts.filter((alert) => isOf(alert, event)) : [];
  const lines =
    kind === "system" ? history.machines : history.series.filter(({ cell }) => cells.includes(cell));
  const marks = lines.flatMap((line) => {
    const mark = line.changes.find((change) => isAt(change, line.points, event));
    return mark ? [mark] : [];
  });
  return {
    kind,
    night,
    ratio: Math.exp(step),
    cells: cells.length,
    alerted: new Set(own.map(({ cell }) => cell)).size,
    nightsToAlert:
      own.length === 0 ? null : Math.max(0, Math.min(...own.map((alert) => alert.night)) - night),
    marked: marks.length,
    explained: marks.filter(({ causes }) => causes.length === 1 && causes[0]?.kind === CAUSE_OF[kind]).length,
    told: vanished.filter((one) => one.night === night && cells.includes(one.cell)).length,
  };
}

/** Whether the builds that were compared have some of it between them, in its direction. */
function isOf({ cell, direction, base, candidate }: RaisedAlert, event: PlannedEvent): boolean {
  const { night, nights, step, cells } = event;
  return (
    cells.includes(cell) &&
    direction === (step > 0 ? "slower" : "faster") &&
    base < night + nights &&
    candidate >= night
  );
}

function isAt(
  { at, ratio }: Change,
  points: readonly { readonly run: HistoryRun }[],
  { night, nights, step }: PlannedEvent,
): boolean {
  const run = points[at]?.run;
  if (!run || ratio > 1 !== step > 0) return false;
  const place = nightOf(run);
  return place >= night - SLACK && place < night + nights + SLACK;
}
