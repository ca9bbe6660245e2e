import {
  type Basis,
  type Cause,
  dayOf,
  howMany,
  type Nominee,
  simulatedText,
  type VanishedCell,
} from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { ratioText } from "../report/ratio-text.ts";
import type { HistoryReport, ReportedLine } from "./history-report.ts";
import { sparkline } from "./sparkline.ts";

const BASIS_WORDS = {
  clock: "At reference clock",
  median: "Medians of runs below four minutes: what the clock did is in them",
  device: "Medians of what a device computes",
} satisfies Record<Basis, string>;

/** What must be known of the whole, in lines. */
export function headOf({ runs, lines, machine, otherMachines, simulated }: HistoryReport): string[] {
  const all = lines.flatMap(({ series }) => series);
  const days = new Set([...runs.slice(0, 1), ...runs.slice(-1)].map(({ startedAt }) => dayOf(startedAt)));
  return [
    ...simulated.map((by) => `${simulatedText(by)}.`),
    `${howMany(all.length, "series", "series")} over ${howMany(runs.length, "run")}, ${[...days].join(" to ")}, on machine ${machine}`,
    ...(all.every(({ points }) => points.length < 2)
      ? ["No series has a second figure yet: a change shows from the next run on."]
      : []),
    ...(otherMachines.length === 0 ? [] : [`Other machines, by --machine: ${otherMachines.join(", ")}`]),
  ];
}

/** The machine's own line, as far as cells tell it. */
export function machineLineOf({ line: { points, basis } }: ReportedLine, recent: number): string {
  const told = points.filter(({ cells }) => cells > 0);
  const last = told.at(-1);
  if (!last) return `${BASIS_WORDS[basis]}. Too few cells tell what the machine did: it is in every series.`;
  const ratios = told.map(({ ratio }) => ratio);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map(ratioText);
  return `${BASIS_WORDS[basis]}. The machine: × ${low}–${high}, now × ${ratioText(last.ratio)} by ${howMany(last.cells, "cell")}  ${sparkline(ratios.slice(-recent))}`;
}

/** `onnxruntime-node 1.30.0 → 1.31.0`; commits as long as people write them. */
export function causeText({ name, from, to }: Cause): string {
  return `${name} ${from} → ${to}`;
}

/** All that may be the cause, or that nothing is known to have changed. */
export function causesText(causes: readonly Cause[]): string {
  return causes.length === 0 ? "nothing known" : causes.map(causeText).join(" or ");
}

/** What would decide a nomination, or why nothing can. */
export function nomineeText({
  cell,
  direction,
  ratio,
  ground,
  base,
  candidate,
  unpairable,
}: Nominee): string {
  const why = ground === "outlier" ? "stands out" : "changed level";
  const what = `${shortModelName(cell)} ${why}: ${direction}, × ${ratioText(ratio)}.`;
  if (unpairable !== undefined) return `${what} ${unpairable}`;
  const words = [base.commit, candidate.commit].map((commit) => commit?.slice(0, 12) ?? "");
  return `${what} Next: mnb compare ${words.join(" ")} ${quoted(shortModelName(cell))}`;
}

/** A cell that has no figure any more. */
export function vanishedText({ cell, last, why }: VanishedCell): string {
  return `${shortModelName(cell)} has no figure any more, the last of ${dayOf(last.startedAt)}. ${why}`;
}

/** Shells take the marks of options for their own. */
function quoted(id: string): string {
  return /[?&]/.test(id) ? `'${id}'` : id;
}
