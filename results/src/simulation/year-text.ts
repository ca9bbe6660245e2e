import { clopperPearson } from "../statistics/index.ts";
import { percent } from "../table/format.ts";
import { falseShare, PERFHERDER_FALSE_SHARE, type EventOutcome, type YearOutcome } from "./year-outcome.ts";

/** What the columns of {@link eventRows} are called. */
export const EVENT_TITLES = [
  "planted",
  "×",
  "night",
  "cells",
  "alerted",
  "nights to the first",
  "marked in the history",
  "with its cause",
] as const;

/** A row for each event, in the order of {@link EVENT_TITLES}. */
export function eventRows({ events }: YearOutcome): string[][] {
  return events.map((event) => [
    event.kind,
    event.ratio.toFixed(2),
    String(event.night),
    String(event.cells),
    alertedText(event),
    event.nightsToAlert === null ? "–" : String(event.nightsToAlert),
    String(event.marked),
    String(event.explained),
  ]);
}

/** What the year came to, in sentences. */
export function yearSentences(outcome: YearOutcome): string[] {
  const { seed, nights, cells, nominated, nominatedFalsely, alerts, vanishedFalsely, pairsFrom } = outcome;
  const falsely = alerts.filter((alert) => alert.falsely).length;
  const bounds =
    alerts.length === 0
      ? ""
      : ` (95 %: ${clopperPearson(falsely, alerts.length)
          .map((share) => percent(share, 1))
          .join(" to ")})`;
  const found = coverageOf(outcome);
  return [
    `SIMULATED: ${nights} nights of ${cells} cells, seed ${seed}; nothing was measured but the pairs of equal sides that stand in for those of the jobs (${pairsFrom}).`,
    `Found: ${found.events} of ${found.ofEvents} changes of code, in ${found.cells} of the ${found.ofCells} cells that they concern; the others were missed.`,
    `Alerts: ${alerts.length}, of which ${falsely} false: ${percent(falseShare(outcome), 1)}${bounds}, beside the ${percent(PERFHERDER_FALSE_SHARE, 1)} of alert groups that Mozilla's Perfherder published.`,
    `Nominations, which alert nobody: ${nominated}, of which ${nominatedFalsely} of cells whose code did not change.`,
    `Cells that were told to have vanished and had not: ${vanishedFalsely}.`,
  ];
}

/** How much of what code changed was found. */
export function coverageOf({ events }: YearOutcome) {
  const ofCode = events.filter(({ kind }) => kind === "step" || kind === "drift" || kind === "library");
  const sum = (of: (event: EventOutcome) => number) => ofCode.reduce((total, event) => total + of(event), 0);
  return {
    events: ofCode.filter(({ alerted }) => alerted > 0).length,
    ofEvents: ofCode.length,
    cells: sum(({ alerted }) => alerted),
    ofCells: sum(({ cells }) => cells),
  };
}

/** Events that no build brought are not to be alerted: a cell that vanished is told. */
function alertedText({ kind, alerted, told }: EventOutcome): string {
  if (kind === "crash" || kind === "gone") return told > 0 ? "told" : "not told";
  return kind === "step" || kind === "drift" || kind === "library" ? String(alerted) : "–";
}
