import {
  givenFacts,
  runtimeFacts,
  significant,
  type ComparedCell,
  type Comparison,
} from "@mobilenet-bench/results";
import { markdownText } from "@mobilenet-bench/results/harmless";
import { markdownTable } from "markdown-table";
import {
  buildFacts,
  changedLayers,
  groupsOf,
  headlineOf,
  jobsOf,
  kernelText,
  layerText,
  nameOf,
  remarksOn,
  uncomparedIn,
  withoutLayers,
} from "./live-words.ts";

/** For comments and step summaries: the headline, what changed with its layers, then all the rest folded away. */
export function renderLiveMarkdown(comparison: Comparison): string {
  const changed = groupsOf(comparison).filter(({ cells }) => cells.some(isChanged));
  const others = groupsOf(comparison).filter(({ cells }) => !cells.some(isChanged));
  const without = uncomparedIn(comparison);
  return [
    `### ${markdownText(headlineOf(comparison))}`,
    ...changed.flatMap(({ cells }) => cells.map(changedCell)),
    ...remarksOn(comparison),
    folded("Other cells", [
      ...others.map(({ title, cells }) =>
        table(
          [title, "verdict"],
          cells.map((cell) => [nameOf(cell), jobsOf(cell).join("; ")]),
        ),
      ),
      ...(without.length === 0
        ? []
        : [
            table(
              ["Not compared", "side", "reason"],
              without.map((cell) => [nameOf(cell), cell.side, `${cell.status}: ${cell.reason}`]),
            ),
          ]),
    ]),
    folded("Builds and machine", [
      table(
        ["", "base", "candidate"],
        buildFacts(comparison).map(({ name, base, candidate }) => [name, base, candidate]),
      ),
      markdownText([...runtimeFacts(comparison), ...givenFacts(comparison)].join(", ")),
    ]),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function isChanged({ outcome }: ComparedCell): boolean {
  return outcome === "slower" || outcome === "faster";
}

function changedCell(cell: ComparedCell): string {
  const layers = changedLayers(cell);
  const without = withoutLayers(cell);
  return [
    `**${markdownText(nameOf(cell))}**: ${jobsOf(cell).map(markdownText).join("; ")}`,
    ...(layers.length === 0
      ? []
      : [
          table(
            ["layer", "base ms", "candidate ms", "change", "kernel"],
            layers.map((layer) => [
              layer.name,
              significant(layer.baseMs),
              significant(layer.candidateMs),
              layerText(layer),
              kernelText(layer),
            ]),
          ),
        ]),
    ...(without === undefined ? [] : [without]),
  ].join("\n\n");
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([[...titles], ...rows.map((row) => row.map(markdownText))]);
}

function folded(title: string, parts: readonly string[]): string {
  if (parts.length === 0) return "";
  return [`<details><summary>${title}</summary>`, ...parts, "</details>"].join("\n\n");
}
