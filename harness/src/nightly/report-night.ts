import {
  alertKey,
  isOpen,
  judgeNight,
  type Alert,
  type Night,
  type NightFacts,
} from "@mobilenet-bench/results";
import type { DataFolder } from "./data-folder.ts";
import type { Issues } from "./issues.ts";

/** What a night came to, with the alerts that it is about. */
export interface ReportedNight {
  readonly night: Night;
  readonly opened: readonly Alert[];
  readonly closed: readonly Alert[];
  readonly open: readonly Alert[];
}

/** Judges a night, opens and closes issues, and writes the night and its alerts down. */
export async function reportNight(
  facts: NightFacts,
  { data, issues }: { readonly data: DataFolder; readonly issues: Issues },
): Promise<ReportedNight> {
  const { night, alerts } = judgeNight(facts);
  const known = new Map(facts.alerts.map((alert) => [`${alertKey(alert)} ${alert.opened.night}`, alert]));
  const written: Alert[] = [];
  for (const alert of alerts) {
    const before = known.get(`${alertKey(alert)} ${alert.opened.night}`);
    const isNew = before === undefined;
    const isGone = before !== undefined && isOpen(before) && !isOpen(alert);
    // First the issue: where that fails, the alert is as it was, and the next time tries again.
    const issue = isNew ? await issues.open(alert) : undefined;
    if (isGone) await issues.close(alert);
    const kept = issue === undefined ? alert : { ...alert, issue };
    if (isNew || isGone) await data.writeAlert(kept);
    written.push(kept);
  }
  await data.writeNight(night);
  const of = (keys: readonly string[], fits: (alert: Alert) => boolean) =>
    written.filter((alert) => keys.includes(alertKey(alert)) && fits(alert));
  return {
    night,
    opened: of(night.opened, ({ opened }) => opened.night === night.id),
    closed: of(night.closed, ({ closed }) => closed?.night === night.id),
    open: of(night.open, isOpen),
  };
}
