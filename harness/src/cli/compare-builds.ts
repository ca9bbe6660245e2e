import { appendFile } from "node:fs/promises";
import { describeComparison, howMany, type Comparison } from "@mobilenet-bench/results";
import { jsonText } from "@mobilenet-bench/results/harmless";
import { continueLive, type LiveOutcome } from "../compare/finish-live.ts";
import { renderLiveCsv } from "../compare/live-csv.ts";
import { renderLiveJUnit } from "../compare/live-junit.ts";
import { renderLiveMarkdown } from "../compare/live-markdown.ts";
import { renderLiveText } from "../compare/live-text.ts";
import { resumeLive, startLive, type OpenComparison } from "../compare/open-live.ts";
import { describeBusy } from "../environment/busy.ts";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import { probeOutput } from "../probe-output.ts";
import { readGiven } from "../run/given.ts";
import { exitAfter } from "./exit-after.ts";
import { EXIT } from "./exit.ts";
import type { FormatOptions } from "./format.ts";
import { onInterrupt } from "./interrupt.ts";
import {
  browserFlagsOf,
  toFilters,
  type FilterOptions,
  type InputOptions,
  type StrictOption,
} from "./options.ts";
import { note } from "./output.ts";
import { startProgress } from "./progress.ts";
import { reportComparison, type ComparisonFormat, type Renderers } from "./report-comparison.ts";
import { requireClone } from "./require-clone.ts";

/** What the command line says of a comparison of builds. */
export interface CompareBuildsOptions
  extends FilterOptions, BrowserFlags, InputOptions, StrictOption, FormatOptions<ComparisonFormat> {
  readonly resume?: string | true;
  readonly output?: string;
  readonly summary?: string;
}

/** Builds two versions and compares them. @param words absent where an interrupted comparison is gone on with */
export async function compareBuilds(
  words: { readonly base: string; readonly candidate: string } | undefined,
  cells: readonly string[],
  options: CompareBuildsOptions,
): Promise<void> {
  const clone = requireClone("Builds are compared from", "compare");
  const summary = options.summary ?? process.env["GITHUB_STEP_SUMMARY"];
  if (options.output !== undefined) await probeOutput(options.output, "file");
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  try {
    const room = { clone, say: note, signal: interrupt.signal };
    const open = words
      ? await startLive(
          {
            ...words,
            filters: toFilters(cells, options),
            given: await readGiven(options),
            seed: options.seed,
            strict: options.strict ?? false,
            browser: browserFlagsOf(options),
          },
          room,
        )
      : await resumeLive(options.resume === true || !options.resume ? "last" : options.resume, room);
    const outcome = await compareWithProgress(open, interrupt.signal);
    await reportComparison(renderersOf(outcome.comparison), options);
    // Those before it in the same step stay.
    if (summary !== undefined) await appendFile(summary, `${renderLiveMarkdown(outcome.comparison)}\n`);
    end(outcome, open, options.strict);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    note("Interrupted before anything was measured.");
    process.exitCode = EXIT.interrupted;
  } finally {
    release();
  }
}

async function compareWithProgress(
  { journal, pairings, given }: OpenComparison,
  signal: AbortSignal,
): Promise<LiveOutcome> {
  const { base, candidate, protocol } = journal.start;
  const busy = await describeBusy();
  if (busy !== undefined) note(busy);
  note(`Comparing ${candidate.word} with ${base.word}: ${howMany(pairings.length, "cell")}.`);
  const most = Math.max(...protocol.looks);
  const progress = startProgress(pairings.length * most);
  let finished = 0;
  try {
    return await continueLive({
      journal,
      pairings,
      given,
      signal,
      onPair: (cell) => progress.step(cell),
      onVerdict: (cell, job, comparison) => {
        const which = job === 1 ? `[${++finished}/${pairings.length}]` : "[second job]";
        if (job === 1) progress.step(cell, most - comparison.pairs);
        progress.log(`${which} ${cell}  ${describeComparison(comparison)}`);
      },
      onFailed: ({ id, status, side, reason }) => progress.log(`${id}  ${status} (${side}): ${reason}`),
    });
  } finally {
    progress.stop();
  }
}

function renderersOf(comparison: Comparison): Renderers {
  return {
    table: ({ color }) => `\n${renderLiveText(comparison, color)}\n`,
    markdown: () => renderLiveMarkdown(comparison),
    csv: () => renderLiveCsv(comparison),
    json: () => jsonText(comparison),
    junit: () => renderLiveJUnit(comparison),
  };
}

function end(
  { comparison, path }: LiveOutcome,
  { journal }: OpenComparison,
  strict: boolean | undefined,
): void {
  const { cells } = comparison;
  if (path === undefined) {
    note(`Interrupted. What was recorded is kept; go on with: mnb compare --resume ${journal.start.id}`);
    process.exitCode = EXIT.interrupted;
    return;
  }
  note(`Comparison: ${path}`);
  exitAfter(
    cells.map((cell) =>
      cell.status === "compared"
        ? { id: cell.id, status: "ok" as const }
        : { id: cell.id, status: cell.status, reason: cell.reason },
    ),
    journal.start.demands,
    strict ?? journal.start.strict,
  );
  if (cells.some((cell) => cell.status === "compared" && cell.outcome === "slower"))
    process.exitCode = EXIT.wrong;
}
