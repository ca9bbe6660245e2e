import { markdownTable } from "markdown-table";
import type { Protocol } from "@mobilenet-bench/results";
import { PROTOCOLS } from "../protocol.ts";
import { percent } from "./format.ts";

const ROWS: readonly [title: string, value: (protocol: Protocol) => string][] = [
  ["sets of fresh processes", ({ sets }) => String(sets)],
  ["rounds per set (one block of every cell each)", ({ rounds }) => String(rounds)],
  ["time that a block fills", ({ blockMs }) => `${blockMs} ms`],
  [
    "untimed inference before a block",
    ({ settle }) => (settle ? "one, where it is shorter than a block" : "none"),
  ],
  ["pause between blocks", ({ pauseMs }) => `${pauseMs} ms`],
  ["warm-up ends when block medians agree within", ({ warmUp }) => percent(warmUp.tolerance)],
  ["… or, marked as unsettled, after", ({ warmUp }) => `${warmUp.capMs / 1000} s`],
  ["a block is left out when steal exceeds", ({ maxSteal }) => percent(maxSteal)],
  ["bootstrap resamples", ({ resamples }) => String(resamples)],
  ["inferences needed for p90", ({ p90MinInferences }) => String(p90MinInferences)],
  [
    "deadline to load / for a block",
    ({ deadlineMs }) => `${deadlineMs.open / 1000} s / ${deadlineMs.block / 1000} s`,
  ],
];

/** The protocols side by side, for the method page: rendered from the data that runs, so that it cannot drift. */
function renderProtocols(): string {
  const protocols = Object.entries(PROTOCOLS);
  const rows = ROWS.map(([title, value]) => [title, ...protocols.map(([, protocol]) => value(protocol))]);
  return markdownTable([["", ...protocols.map(([name]) => name)], ...rows]);
}

/** The page with the table between its marks renewed. */
export function embedProtocols(page: string): string {
  return page.replace(
    /(<!-- protocols:.*-->\n)[\s\S]*(<!-- end of protocols -->)/,
    (_, begin: string, end: string) => `${begin}\n${renderProtocols()}\n\n${end}`,
  );
}
