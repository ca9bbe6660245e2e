import { outcomeWords } from "../comparison/index.ts";
import type { Nominee, VanishedCell } from "../history/index.ts";
import { ALERT_VERSION, alertKey, isOpen, type Alert } from "./alert.ts";
import { answerTo, type PairAnswer } from "./answers.ts";
import { NIGHT_VERSION, type Night, type NightNominee } from "./night.ts";
import type { KnownOfNight } from "./wanted-pairs.ts";

/** All that a night is judged by. */
export interface NightFacts extends KnownOfNight {
  readonly id: string;
  readonly at: Date;
  /** Ids. */
  readonly runs: readonly string[];
  readonly simulated: boolean;
  readonly vanished: readonly VanishedCell[];
  /** Cells that have a figure in this night, by `MACHINE CELL`. */
  readonly figured: ReadonlySet<string>;
}

/** What a night came to, and the alerts that it opened, closed or left as they were. */
export interface JudgedNight {
  readonly night: Night;
  /** All of them, those of older nights among them. */
  readonly alerts: readonly Alert[];
}

/**
 * Turns nominations into alerts where two jobs in pairs have confirmed them, and closes those that are gone. Of the same cell on
 * the same machine one alert of a kind is open at the most, however often it is nominated. Judging a night twice is judging it once.
 */
export function judgeNight(facts: NightFacts): JudgedNight {
  const judged = facts.nominees.map((nominee) => ({ nominee, answer: answerOf(nominee, facts) }));
  const found = [
    ...judged.flatMap(({ nominee, answer }) => slowerAlert(nominee, answer, facts) ?? []),
    ...facts.vanished.map((cell) => vanishedAlert(cell, facts)),
  ];
  const before = facts.alerts.map((alert) => (isOpen(alert) ? closedIfGone(alert, facts) : alert));
  const isNew = (alert: Alert) =>
    !facts.alerts.some((old) => alertKey(old) === alertKey(alert) && (isOpen(old) || isSame(old, alert)));
  const opened = found.filter(isNew);
  const closed = before.filter(({ closed: by }) => by?.night === facts.id);
  const still = before.filter((alert) => isOpen(alert) && alert.opened.night !== facts.id);
  const mine = [...opened, ...before.filter(({ opened: by }) => by.night === facts.id)];
  return {
    night: {
      schema: NIGHT_VERSION,
      id: facts.id,
      at: facts.at.toISOString(),
      commit: facts.commit,
      runs: facts.runs.toSorted(),
      ...(facts.simulated && { simulated: true }),
      nominees: judged.map(({ nominee, answer }) => nightNominee(nominee, answer, facts)),
      opened: mine.map(alertKey),
      closed: closed.map(alertKey),
      open: still.map(alertKey),
    },
    alerts: [...before, ...opened],
  };
}

/** The same change of the same cell: what was found gone is not opened anew by the pairs that had found it. */
function isSame(old: Alert, { base, candidate, kind }: Alert): boolean {
  return kind === "slower" && old.base === base && old.candidate === candidate;
}

function answerOf({ cell, machine, base, candidate }: Nominee, { comparisons }: NightFacts) {
  return answerTo({ cell, machine, base: base.commit, candidate: candidate.commit }, comparisons);
}

function nightNominee(nominee: Nominee, answer: PairAnswer | undefined, facts: NightFacts): NightNominee {
  const { key, cell, machine, direction, ratio, ground } = nominee;
  const told = answer?.compared
    ? { outcome: answer.cell.outcome, words: outcomeWords(answer.cell) }
    : { outcome: "unpaired" as const, words: answer?.reason ?? whyUnpaired(nominee, facts) };
  return { key, cell, machine, direction, ratio, ground, ...told };
}

function whyUnpaired({ unpairable, machine, cell }: Nominee, { historyOnly }: NightFacts): string {
  const slow = historyOnly.get(`${machine} ${cell}`);
  return unpairable ?? (slow === undefined ? "It was not compared." : `Left to its history: ${slow}.`);
}

function slowerAlert(
  { cell, machine, base, candidate, causes }: Nominee,
  answer: PairAnswer | undefined,
  { id, at }: NightFacts,
): Alert | undefined {
  if (!answer?.compared || answer.cell.outcome !== "slower") return undefined;
  return {
    schema: ALERT_VERSION,
    kind: "slower",
    cell,
    machine,
    opened: { night: id, at: at.toISOString() },
    base: base.commit,
    candidate: candidate.commit,
    ratio: (answer.cell.second ?? answer.cell.first).ratio,
    words: outcomeWords(answer.cell),
    causes: causes.map(({ name, from, to }) => `${name} ${from} → ${to}`),
  };
}

function vanishedAlert(
  { cell, machine, last, run, why }: VanishedCell,
  { id, at, commit }: NightFacts,
): Alert {
  return {
    schema: ALERT_VERSION,
    kind: "vanished",
    cell,
    machine,
    opened: { night: id, at: at.toISOString() },
    base: last.commit,
    candidate: run?.commit ?? commit,
    words: why,
    causes: [],
  };
}

function closedIfGone(alert: Alert, facts: NightFacts): Alert {
  const words = whyGone(alert, facts);
  if (words === undefined || alert.opened.night === facts.id) return alert;
  return { ...alert, closed: { night: facts.id, at: facts.at.toISOString(), words } };
}

/** A regression is gone where pairs of its last good commit and this night's say so, a vanished cell where it has a figure. */
function whyGone({ kind, cell, machine, base }: Alert, facts: NightFacts): string | undefined {
  if (kind === "vanished")
    return facts.figured.has(`${machine} ${cell}`) ? "It has a figure again." : undefined;
  const answer = answerTo({ cell, machine, base, candidate: facts.commit }, facts.comparisons);
  if (!answer?.compared) return undefined;
  const { outcome } = answer.cell;
  return outcome === "same" || outcome === "faster" ? outcomeWords(answer.cell) : undefined;
}
