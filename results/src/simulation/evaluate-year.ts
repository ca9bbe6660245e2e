import type { HistoryRun } from "../history/history.ts";
import { makeHistory, NO_MEMORY } from "../history/make-history.ts";
import { nominate } from "../history/nominate.ts";
import type { Nominee } from "../history/nominee.ts";
import { vanishedCells } from "../history/vanished.ts";
import { drawsOf } from "./draws.ts";
import { outcomeOfEvent } from "./event-outcome.ts";
import type { LivedYear, RaisedAlert } from "./lived-year.ts";
import { nightOf, simulateNights } from "./simulate-nights.ts";
import type { SimulatedJob } from "./simulated-job.ts";
import { codeEffect, type YearPlan } from "./year-plan.ts";
import type { YearOutcome } from "./year-outcome.ts";

/**
 * Lives through a simulated year as nights do: each night knows what came before it, nominates, and asks two paired jobs, the second
 * where the first says `slower` or `faster`. A change that was asked for is not asked for again, and an alert of a cell whose builds
 * overlap with those of an earlier one, in the same direction, is the same alert.
 * @param onNight is told the number of each night
 */
export function evaluateYear(
  plan: YearPlan,
  job: SimulatedJob,
  pairsFrom: string,
  onNight: (night: number) => void = () => {},
): YearOutcome {
  const lived = liveThrough(plan, job, onNight);
  const events = plan.events.map((event) => outcomeOfEvent(event, lived));
  const planted = new Set(
    plan.events.filter(({ kind }) => kind === "crash" || kind === "gone").flatMap(({ cells }) => cells),
  );
  return {
    simulated: true,
    seed: plan.seed,
    nights: plan.nights,
    cells: plan.cells.length,
    pairsFrom,
    nominated: lived.nominated,
    nominatedFalsely: lived.nominatedFalsely,
    alerts: lived.alerts.map((raised) => {
      const { base: _, candidate: __, ...alert } = raised;
      return alert;
    }),
    events,
    vanishedFalsely: lived.vanished.filter(({ cell }) => !planted.has(cell)).length,
  };
}

function liveThrough(plan: YearPlan, job: SimulatedJob, onNight: (night: number) => void): LivedYear {
  const runs = simulateNights(plan);
  const draws = drawsOf(plan.seed, "jobs");
  const asked = new Set<string>();
  const alerts: RaisedAlert[] = [];
  const vanished: { night: number; cell: string }[] = [];
  let [nominated, nominatedFalsely] = [0, 0];
  let memory = NO_MEMORY;
  let history = makeHistory([]);
  for (const [night, run] of runs.entries()) {
    history = makeHistory(runs.slice(0, night + 1), memory);
    ({ memory } = history);
    vanished.push(...vanishedCells(history, [run.id]).map(({ cell }) => ({ night, cell })));
    for (const nominee of nominate(history, [run.id])) {
      if (asked.has(nominee.key)) continue;
      asked.add(nominee.key);
      nominated++;
      const effect = effectBetween(plan, nominee);
      const isFalse = !agrees(effect, nominee.direction);
      if (isFalse) nominatedFalsely++;
      const verdict = job(effect, draws);
      if (verdict !== "slower" && verdict !== "faster") continue;
      if (job(effect, draws) !== verdict) continue;
      const alert = alertOf(nominee, { night, direction: verdict, effect });
      if (!alerts.some((other) => isSame(other, alert))) alerts.push(alert);
    }
    onNight(night);
  }
  return { history, alerts, nominated, nominatedFalsely, vanished };
}

function alertOf(
  { cell, ratio, ground, base, candidate }: Nominee,
  told: { readonly night: number; readonly direction: "slower" | "faster"; readonly effect: number },
): RaisedAlert {
  const { night, direction, effect } = told;
  return {
    night,
    cell,
    direction,
    ground,
    ratio,
    truth: Math.exp(effect),
    falsely: !agrees(effect, direction),
    base: nightOf(base),
    candidate: nightOf(candidate),
  };
}

/** What the code of the candidate's night adds to that of the base's. */
function effectBetween(
  plan: YearPlan,
  {
    cell,
    base,
    candidate,
  }: { readonly cell: string; readonly base: HistoryRun; readonly candidate: HistoryRun },
): number {
  return codeEffect(plan, cell, nightOf(candidate)) - codeEffect(plan, cell, nightOf(base));
}

function agrees(effect: number, direction: "slower" | "faster"): boolean {
  return direction === "slower" ? effect > 1e-9 : effect < -1e-9;
}

function isSame(one: RaisedAlert, other: RaisedAlert): boolean {
  return (
    one.cell === other.cell &&
    one.direction === other.direction &&
    one.base < other.candidate &&
    other.base < one.candidate
  );
}
