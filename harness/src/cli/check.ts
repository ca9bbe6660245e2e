import { availableParallelism, cpus } from "node:os";
import { Command } from "commander";
import { writeWhole } from "@mobilenet-bench/files";
import { checkCells, observationsOf } from "../check/check-cells.ts";
import { reasonsOf, type Judged } from "../check/failures.ts";
import { renderJson } from "../check/json.ts";
import { renderJUnit } from "../check/junit.ts";
import {
  RATCHET_FILE,
  RATCHET_SEED,
  readRatchet,
  tighten,
  writeRatchet,
  type Ratchet,
} from "../check/ratchet.ts";
import { renderMarkdown } from "../check/markdown.ts";
import { renderText, type TextOptions } from "../check/text.ts";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import type { PlannedCell } from "../plan/cell.ts";
import type { Ended } from "../plan/demands.ts";
import { makePlan } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { probeOutput } from "../probe-output.ts";
import { readGiven } from "../run/given.ts";
import { UsageError } from "../usage-error.ts";
import { exitAfter } from "./exit-after.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { onInterrupt } from "./interrupt.ts";
import {
  addBrowserOptions,
  addFilters,
  addInputs,
  addStrict,
  targetsOf,
  toFilters,
  type FilterOptions,
  type InputOptions,
  type StrictOption,
  count,
} from "./options.ts";
import { note, print, terminal } from "./output.ts";
import { startProgress } from "./progress.ts";

const FORMATS = ["table", "markdown", "json", "junit"] as const;
type Format = (typeof FORMATS)[number];

interface CheckOptions
  extends FilterOptions, BrowserFlags, InputOptions, StrictOption, FormatOptions<Format> {
  readonly output?: string;
  readonly ratchet?: boolean;
  readonly jobs: number;
}

/** Half the cores, for backends bring threads of their own, and few enough for any memory. */
const JOBS = Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));

export function checkCommand(): Command {
  return addFormats(addStrict(addBrowserOptions(addInputs(addFilters(new Command("check"))))), FORMATS)
    .description("Correctness only: logits, layers and equal bits, against the float64 reference.")
    .option("--output <file>", "write the report there, and the table to standard output")
    .option("--ratchet", "record the errors of cells that are in order: lowers entries, never raises any")
    .option("--jobs <number>", "cells to check at the same time", count, JOBS)
    .action(async (ids: string[], options: CheckOptions) => {
      if (options.output !== undefined) await probeOutput(options.output, "file");
      if (options.ratchet) await probeOutput(RATCHET_FILE, "file");
      const ratchet = await ratchetOf(options);
      const given = await readGiven(options);
      const { filters, known } = await resolveNames(toFilters(ids, options), targetsOf(options));
      const { cells, demands } = await makePlan(filters, known, given.weights?.model);
      const interrupt = new AbortController();
      const release = onInterrupt(() => interrupt.abort());
      const progress = startProgress(cells.reduce((sum, cell) => sum + workOf(cell), 0));
      let verdicts: Judged[] = [];
      let finished = 0;
      try {
        verdicts = await checkCells({
          cells,
          jobs: options.jobs,
          inputs: options,
          given,
          ...(ratchet && { ratchet }),
          signal: interrupt.signal,
          onVerdict: (verdict) => {
            progress.step(verdict.cell.id, workOf(verdict.cell));
            progress.log(`[${++finished}/${cells.length}] ${verdict.cell.id}  ${oneLine(verdict)}`);
          },
        });
      } finally {
        progress.stop();
        release();
      }
      await report(verdicts, options);
      if (ratchet && options.ratchet) await record(ratchet, verdicts);
      if (!interrupt.signal.aborted) exitAfter(verdicts.map(endOf), demands, options.strict);
      else {
        note(`Interrupted after ${verdicts.length} of ${cells.length} cells.`);
        process.exitCode = EXIT.interrupted;
      }
    });
}

/** The ratchet, where its input is the one that is checked. */
async function ratchetOf({ ratchet, seed, image, weights }: CheckOptions): Promise<Ratchet | undefined> {
  const isItsInput = seed === RATCHET_SEED && image === undefined && weights === undefined;
  if (isItsInput) return readRatchet(RATCHET_FILE, { startEmpty: ratchet ?? false });
  if (ratchet)
    throw new UsageError(
      `--ratchet holds for generated weights and input of seed ${RATCHET_SEED}. Leave --seed, --image and --weights out.`,
    );
  return undefined;
}

/** The float64 reference takes most of the time, and grows with the model; the rest takes as long as a small one. */
function workOf({ network }: PlannedCell): number {
  return network.multAdds + 100e6;
}

function endOf(verdict: Judged): Ended {
  const [reason] = reasonsOf(verdict);
  return { id: verdict.cell.id, status: verdict.status, ...(reason !== undefined && { reason }) };
}

function oneLine(verdict: Judged): string {
  const [reason = ""] = reasonsOf(verdict);
  return verdict.status === "ok" ? "ok" : `${verdict.status}: ${reason}`;
}

async function report(verdicts: readonly Judged[], options: CheckOptions): Promise<void> {
  const { format, output } = options;
  if (output === undefined) return print(await render(verdicts, format, options.seed, terminal()));
  print(await render(verdicts, "table", options.seed, terminal()));
  await writeWhole(
    output,
    `${await render(verdicts, format, options.seed, { color: false, columns: Infinity })}\n`,
  );
  note(`Report: ${output}`);
}

async function render(
  verdicts: readonly Judged[],
  format: Format,
  seed: number,
  options: TextOptions,
): Promise<string> {
  switch (format) {
    case "table":
      return `\n${renderText(verdicts, options)}\n`;
    case "markdown":
      return renderMarkdown(verdicts);
    case "json":
      return renderJson(verdicts, seed);
    case "junit":
      return renderJUnit(verdicts);
  }
}

async function record(ratchet: Ratchet, verdicts: readonly Judged[]): Promise<void> {
  const { model = "unknown processor" } = cpus()[0] ?? {};
  const machine = `${model.trim()}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
  const tightened = tighten(ratchet, observationsOf(verdicts), machine);
  const { added, lowered } = tightened;
  if (added + lowered > 0) await writeRatchet(tightened.ratchet);
  note(`Ratchet: ${added} entries added, ${lowered} lowered. ${RATCHET_FILE}`);
}
