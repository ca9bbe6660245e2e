import { Command } from "commander";
import { describeComparison } from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { shortModelName } from "@mobilenet-bench/spec";
import { describeBusy } from "../environment/busy.ts";
import { DEFAULT_CELLS, measureOverhead, type Overhead } from "../overhead/measure-overhead.ts";
import { makePlan } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { plainTable, trimLines } from "../report/table.ts";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { onInterrupt } from "./interrupt.ts";
import { addBrowserOptions, browserFlagsOf, targetsOf, wholeNumber } from "./options.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print, printJson } from "./output.ts";

interface OverheadOptions extends BrowserFlags, FormatOptions {
  readonly seed: number;
}

export function overheadCommand(): Command {
  return addFormats(addBrowserOptions(new Command("overhead")))
    .description(
      "What measuring costs: cells as they are measured against a bare loop around the same session, in pairs of processes.",
    )
    .argument("[cell...]", "cell ids (without any: ts, wasm and ort-node at 0.25_128 and 0.5_160 in Node)")
    .option("--seed <number>", "of weights, input, roles and orders", wholeNumber, 1)
    .addHelpText(
      "after",
      helpNotes("Exit status 1 where a cell failed, or measuring makes it slower or faster."),
    )
    .action(async (cells: string[], options: OverheadOptions) => {
      const names = { cells: cells.length > 0 ? cells : DEFAULT_CELLS, ...browserFlagsOf(options) };
      const { filters, known } = await resolveNames(names, targetsOf(options));
      const plan = await makePlan(filters, known);
      const busy = await describeBusy();
      if (busy !== undefined) note(busy);
      const interrupt = new AbortController();
      const release = onInterrupt(() => interrupt.abort());
      try {
        const found = await measureOverhead(plan.cells, {
          seed: options.seed,
          signal: interrupt.signal,
          targets: () => targetsOf(options),
          onPair: (cell, { pairs, final }) => {
            if (final) note(`${terminalLine(shortModelName(cell))}: ${pairs} pairs`);
          },
        });
        if (options.json) printJson({ overhead: found });
        else if (found.length > 0) print(`\n${tableOf(found)}\n`);
        if (found.some(isWrong)) process.exitCode = EXIT.wrong;
        if (interrupt.signal.aborted) {
          note("Interrupted. The pairs of what was not compared to its end are not kept.");
          process.exitCode = EXIT.interrupted;
        }
      } finally {
        release();
      }
    });
}

function tableOf(found: readonly Overhead[]): string {
  const table = plainTable(["left", "left"]);
  table.push(["", "as measured, against a bare loop"]);
  for (const one of found)
    table.push([
      terminalLine(shortModelName(one.cell)),
      "comparison" in one
        ? describeComparison(one.comparison)
        : terminalLine(`${one.failure.status}: ${one.failure.reason}`),
    ]);
  return trimLines(table.toString());
}

function isWrong(one: Overhead): boolean {
  return "failure" in one || one.comparison.verdict === "slower" || one.comparison.verdict === "faster";
}
