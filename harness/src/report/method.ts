import { markdownTable } from "markdown-table";
import {
  BLOCK_RULES,
  controlArms,
  nightsSoFar,
  percent,
  type BlockRule,
  type Calibration,
  type Night,
  type Protocol,
} from "@mobilenet-bench/results";
import {
  EVENT_TITLES,
  eventRows,
  yearSentences,
  type YearOutcome,
} from "@mobilenet-bench/results/simulation";
import { PROTOCOLS } from "../protocol.ts";

const ROWS: readonly (readonly [title: string, value: (protocol: Protocol) => string])[] = [
  ["sets of fresh processes", ({ sets }) => String(sets)],
  [
    "… of which load one process at a time, for the cold start",
    ({ sets, coldStarts = sets }) => (coldStarts >= sets ? "all" : `the first ${coldStarts}`),
  ],
  ["rounds per set (one block of every cell each)", ({ rounds }) => String(rounds)],
  ["time that a block fills", ({ blockMs }) => `${blockMs} ms`],
  [
    "untimed inference before a block",
    ({ settle }) => (settle ? "one, where it is shorter than a block" : "none"),
  ],
  ["pause between blocks", ({ pauseMs }) => `${pauseMs} ms`],
  ["warm-up ends when block medians agree within", ({ warmUp }) => percent(warmUp.tolerance)],
  ["… or, marked as unsettled, after", ({ warmUp }) => `${warmUp.capMs / 1000} s`],
  ...BLOCK_RULES.filter(({ limit }) => limit(PROTOCOLS.standard, "some") !== 0).map(
    ({ what, limit }) =>
      [`a block is left out when ${what} exceeds`, (protocol: Protocol) => limits(limit, protocol)] as const,
  ),
  ["bootstrap resamples", ({ resamples }) => String(resamples)],
  ["inferences needed for p90", ({ p90MinInferences }) => String(p90MinInferences)],
  [
    "deadline to load / for a block",
    ({ deadlineMs }) => `${deadlineMs.open / 1000} s / ${deadlineMs.block / 1000} s`,
  ],
];

/** For cells that leave a core free, and where it is another, for those that fill all of them. */
function limits(limit: BlockRule["limit"], protocol: Protocol): string {
  const [some, all] = [limit(protocol, "some"), limit(protocol, "all")].map((share) =>
    share === undefined ? "–" : percent(share),
  );
  return some === all ? `${some}` : `${some}, ${all} on all cores`;
}

/** What can leave a block out: all rules there are. */
function renderRules(): string {
  const rows = BLOCK_RULES.map(({ what, meaning, limit }) => {
    const judgesAll = limit(PROTOCOLS.standard, "more") !== undefined;
    return [what, meaning, judgesAll ? "all" : "with no more threads than cores"];
  });
  return markdownTable([["rule", "what it looks at", "cells"], ...rows]);
}

/** The protocols side by side, for the method page: rendered from the data that runs, so that it cannot drift. */
function renderProtocols(): string {
  const protocols = Object.entries(PROTOCOLS);
  const rows = ROWS.map(([title, value]) => [title, ...protocols.map(([, protocol]) => value(protocol))]);
  return markdownTable([["", ...protocols.map(([name]) => name)], ...rows]);
}

/** What nights find and what they miss, as far as a simulated year tells it. */
function renderYear(year: YearOutcome | undefined): string {
  if (!year) return "No simulated year is published.";
  const [first = "", ...sentences] = yearSentences(year);
  const table = markdownTable([[...EVENT_TITLES], ...eventRows(year)], {
    align: ["l", ...EVENT_TITLES.slice(1).map(() => "r")],
  });
  return [first, sentences.map((sentence) => `- ${sentence}`).join("\n"), table].join("\n\n");
}

/** How often verdicts were right in all that was recorded for that: false alarms, and power. */
function renderArms(calibrations: readonly Calibration[]): string {
  const rows = controlArms(calibrations).map(({ slowDown, recordings, pairs, found }) => {
    const [low, high] = found.bounds;
    return [
      slowDown === 0 ? "nothing" : `${percent(slowDown)} slower`,
      String(recordings),
      String(pairs),
      slowDown === 0 ? "false alarms" : "found",
      `${found.count} of ${found.of}`,
      `${percent(low, 1)} to ${percent(high, 1)}`,
    ];
  });
  return markdownTable(
    [["done to one side", "recordings", "pairs", "verdicts in time", "", "95 %, exact"], ...rows],
    { align: ["l", "r", "r", "l", "r", "l"] },
  );
}

/** How many nominations were unfounded in the nights so far, and what became of alerts. */
function renderNights(all: readonly Night[]): string {
  const { nights, nominated, paired, unfounded, opened, closed } = nightsSoFar(all);
  if (nights === 0) return "No night is published.";
  const [low, high] = unfounded.bounds.map((bound) => percent(bound, 1));
  const rows = [
    ["nights", String(nights)],
    ["changes that were nominated", String(nominated)],
    ["… and judged by pairs", String(paired)],
    [
      "… which turned out to be nothing",
      `${unfounded.count} of ${unfounded.of} (${low} to ${high}, 95 %, exact)`,
    ],
    ["alerts that were opened", String(opened)],
    ["… and found gone", String(closed)],
  ];
  return markdownTable([["in the nights so far", ""], ...rows], { align: ["l", "r"] });
}

/** What is published, as far as the page shows it. */
export interface PublishedData {
  readonly calibrations: readonly Calibration[];
  readonly nights: readonly Night[];
  /** A simulated one, where there is one. */
  readonly year: YearOutcome | undefined;
}

/** The page with its generated parts renewed: what stands between their marks. */
export function embedData(page: string, { calibrations, nights, year }: PublishedData): string {
  const parts = {
    protocols: renderProtocols(),
    rules: renderRules(),
    arms: renderArms(calibrations),
    year: renderYear(year),
    nights: renderNights(nights),
  };
  return Object.entries(parts).reduce((text, [name, content]) => embed(text, name, content), page);
}

function embed(page: string, name: string, content: string): string {
  const between = new RegExp(`(<!-- ${name}:.*-->\\n)[^]*(<!-- end of ${name} -->)`);
  return page.replace(between, (_, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
}
