import { markdownTable } from "markdown-table";
import { markdownText } from "@mobilenet-bench/results/harmless";
import { columnsOf, legendOf, machineLine, otherwiseLines, uncomparedLines } from "./stored-columns.ts";
import { WEAK, type StoredComparison } from "./stored.ts";

/** For comments and step summaries: the cells first, the environments folded away beneath. */
export function renderStoredMarkdown(comparison: StoredComparison): string {
  const columns = columnsOf(comparison);
  const machine = machineLine(comparison);
  const { rows, facts, notes, uncompared, next } = comparison;
  const cells = markdownTable(
    [
      ["model", ...columns.map(({ title }) => title.replaceAll("\n", " "))],
      ...rows.map((row) => [row.model, ...columns.map(({ value }) => value(row))].map(markdownText)),
    ],
    { align: ["l", ...columns.map(({ align }) => align)] },
  );
  const environments = markdownTable([
    ["", "fact", "base", "candidate"],
    ...facts.map(({ name, base, candidate, differs }) => [
      differs ? "≠" : "",
      ...[name, base, differs ? candidate : "the same"].map(markdownText),
    ]),
  ]);
  return [
    markdownText(WEAK),
    list(notes),
    machine === undefined ? "" : markdownText(machine),
    rows.length === 0 ? "" : cells,
    list(legendOf(comparison)),
    list(otherwiseLines(comparison)),
    list(uncomparedLines(uncompared)),
    next === undefined ? "" : `Next: ${markdownText(next)}`,
    `<details><summary>Environments</summary>\n\n${environments}\n\n</details>`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${markdownText(line)}`).join("\n");
}
