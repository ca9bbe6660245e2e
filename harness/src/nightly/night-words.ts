import { shortModelName } from "@mobilenet-bench/spec";
import { type Alert, howMany, type NightNominee, percent } from "@mobilenet-bench/results";
import { markdownText } from "@mobilenet-bench/results/harmless";
import { markdownTable } from "markdown-table";
import type { ReportedNight } from "./report-night.ts";

/** What a night came to, a line each. */
export function nightText({ night, opened, closed, open }: ReportedNight): string {
  const { id, runs, nominees, simulated } = night;
  return [
    `Night ${id}: ${howMany(runs.length, "run")}${simulated ? ", simulated" : ""}, ${howMany(nominees.length, "cell")} nominated.`,
    ...nominees.map((nominee) => `  ${nomineeLine(nominee)}`),
    ...opened.map((alert) => `! ${alertLine(alert)}`),
    ...closed.map((alert) => `Gone: ${nameOf(alert)}: ${alert.closed?.words ?? ""}`),
    ...open.map((alert) => `Still open since ${alert.opened.night}: ${alertLine(alert)}`),
    ...(opened.length + open.length === 0 ? ["Nothing is known to be slower or to have vanished."] : []),
  ].join("\n");
}

/** The same for step summaries. */
export function nightMarkdown({ night, opened, closed, open }: ReportedNight): string {
  const simulated = night.simulated ? ", simulated" : "";
  const alerts = [
    ...opened.map((alert) => row("new", alert)),
    ...open.map((alert) => row(`open since ${alert.opened.night}`, alert)),
    ...closed.map((alert) => row("gone", alert)),
  ];
  const nominees = night.nominees.map(({ cell, ratio, ground, outcome, words }) =>
    [shortModelName(cell), changeText(ratio), ground, outcome, words].map(markdownText),
  );
  return [
    `### Night ${markdownText(night.id)}: ${howMany(night.runs.length, "run")}${simulated}`,
    alerts.length === 0
      ? "Nothing is known to be slower or to have vanished."
      : markdownTable([["alert", "cell", "what"], ...alerts]),
    ...(nominees.length === 0
      ? []
      : [markdownTable([["nominated", "×", "by", "pairs", "words"], ...nominees])]),
  ].join("\n\n");
}

function nomineeLine({ cell, ratio, ground, outcome, words }: NightNominee): string {
  return `${shortModelName(cell)} ${changeText(ratio)} (${ground}): ${outcome}, ${words}`;
}

function alertLine(alert: Alert): string {
  return `${alert.kind === "slower" ? "Slower" : "Vanished"}: ${nameOf(alert)}: ${alert.words}`;
}

function row(what: string, alert: Alert): string[] {
  const words = alert.closed?.words ?? alert.words;
  return [what, `${nameOf(alert)} (${alert.kind})`, words].map(markdownText);
}

function nameOf({ cell, machine }: Alert): string {
  return `${shortModelName(cell)} on machine ${machine}`;
}

function changeText(ratio: number): string {
  return `${ratio > 1 ? "+" : "−"}${percent(Math.abs(ratio - 1), 1)}`;
}
