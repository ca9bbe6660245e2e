import { Command } from "commander";
import { makePlan } from "../plan/plan.ts";
import { significant } from "../report/format.ts";
import { plainTable, trimLines } from "../report/table.ts";
import { readGiven, sourceOf } from "../run/given.ts";
import { verifyCell, type Verdict } from "../run/verify.ts";
import { EXIT } from "./exit.ts";
import {
  addBrowserOptions,
  addFilters,
  addInputs,
  targetsOf,
  type BrowserFlags,
  toFilters,
  type FilterOptions,
  type InputOptions,
} from "./options.ts";
import { print, printJson } from "./output.ts";
import { startProgress } from "./progress.ts";

interface CheckOptions extends FilterOptions, BrowserFlags, InputOptions {
  readonly json?: boolean;
}

export function checkCommand(): Command {
  return addBrowserOptions(addInputs(addFilters(new Command("check"))))
    .description("Correctness only: logits and layers against the float64 reference.")
    .option("--json", "JSON on standard output")
    .action(async (ids: string[], options: CheckOptions) => {
      const given = await readGiven(options);
      const { cells } = await makePlan(toFilters(ids, options), given.weights?.model);
      const targets = targetsOf(options);
      const progress = startProgress(cells.length);
      const verdicts: Verdict[] = [];
      for (const [index, cell] of cells.entries()) {
        const verdict = await verifyCell(cell, await sourceOf(cell.network, options.seed, given), targets);
        verdicts.push(verdict);
        progress.step(cell.id);
        progress.log(`[${index + 1}/${cells.length}] ${cell.id}  ${verdict.status}`);
      }
      progress.stop();
      if (options.json) printJson(verdicts.map(toJson));
      else print(render(verdicts));
      if (verdicts.some(({ status }) => status !== "ok" && status !== "unsupported"))
        process.exitCode = EXIT.wrong;
    });
}

function toJson({ cell: { id }, ...verdict }: Verdict) {
  return { id, ...verdict };
}

function render(verdicts: readonly Verdict[]): string {
  const table = plainTable(["left", "left", "right", "right", "left", "right"]);
  table.push(["cell", "status", "max error", "of bound", "layers checked", "worst of bound"]);
  const reasons: string[] = [];
  for (const verdict of verdicts) {
    const id = verdict.cell.id.replace(/^mobilenet_v1_/, "");
    if (!("logits" in verdict)) {
      table.push([id, verdict.status, "", "", "", ""]);
      reasons.push(`! ${id}: ${verdict.reason} ${verdict.remedy ?? ""}`.trimEnd());
      continue;
    }
    const { logits, layers } = verdict;
    const count = (mode: string) => layers.comparisons.filter((layer) => layer.mode === mode).length;
    const worst = layers.comparisons.toSorted((a, b) => b.worstFraction - a.worstFraction)[0];
    table.push([
      id,
      verdict.status,
      logits.maxAbsError.toExponential(1),
      significant(logits.worstFraction, 2),
      worst ? `${count("fed")} fed, ${count("chained")} chained` : "none",
      worst ? `${significant(worst.worstFraction, 2)} ${worst.layer}` : "",
    ]);
    if (!logits.ok && logits.reason) reasons.push(`! ${id}: logits: ${logits.reason}`);
    if (layers.first) reasons.push(`! ${id}: ${layers.first.reason}`);
  }
  return [trimLines(table.toString()), ...reasons].join("\n");
}
