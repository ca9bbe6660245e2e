import {
  givenFacts,
  runtimeFacts,
  significant,
  type ComparedCell,
  type Comparison,
} from "@mobilenet-bench/results";
import pc from "picocolors";
import { plainTable } from "../report/table.ts";
import { wrap as wrapWords } from "../report/wrap.ts";
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

const COLUMNS = 80;

/** For people: what got slower, by how much, and where; in 80 columns. */
export function renderLiveText(comparison: Comparison, color: boolean): string {
  const colors = pc.createColors(color);
  const facts = plainTable(["left", "left", "left"]);
  facts.push(
    ["", "base", "candidate"],
    ...buildFacts(comparison).map(({ name, base, candidate }) => [name, base, candidate]),
  );
  return [
    wrap([...runtimeFacts(comparison), ...givenFacts(comparison)].join(", ")),
    facts.toString(),
    ...groupsOf(comparison).map(({ title, cells }) =>
      [colors.bold(title), ...cells.map(cellText)].join("\n"),
    ),
    ...uncomparedText(comparison, colors.bold("Not compared")),
    colors.bold(headlineOf(comparison)),
    ...remarksOn(comparison).map((remark) => wrap(remark)),
  ].join("\n\n");
}

function cellText(cell: ComparedCell): string {
  const lines = [nameOf(cell), ...jobsOf(cell).map((line) => wrap(line, "    ", 2))];
  const layers = changedLayers(cell);
  if (layers.length > 0) {
    const table = plainTable(["left", "right", "right", "left"]);
    table.push(["layer", "ms", "→ ms", "change"]);
    for (const layer of layers)
      table.push([
        layer.name.split("+").join("+\n"),
        significant(layer.baseMs),
        significant(layer.candidateMs),
        layerText(layer).replace(" (", "\n("),
      ]);
    lines.push(indent(table.toString(), "    "));
    for (const layer of layers.filter(({ kernel }) => kernel))
      lines.push(wrap(`kernel of ${layer.name}: ${kernelText(layer)}`, "    ", 2));
  }
  const without = withoutLayers(cell);
  if (without !== undefined) lines.push(wrap(without, "    "));
  return lines.map((line, i) => (i === 0 ? `  ${line}` : line)).join("\n");
}

function uncomparedText(comparison: Comparison, title: string): string[] {
  const cells = uncomparedIn(comparison);
  if (cells.length === 0) return [];
  const { base, candidate } = comparison;
  const words = { base: base.word, candidate: candidate.word, both: "both" };
  const texts = cells.map((cell) =>
    [`  ${nameOf(cell)}`, wrap(`${cell.status} in ${words[cell.side]}: ${cell.reason}`, "    ")].join("\n"),
  );
  return [[title, ...texts].join("\n")];
}

/** In 80 columns, after some spaces. @param hanging further spaces of all lines but the first */
function wrap(text: string, before = "", hanging = 0): string {
  const [first = "", ...others] = wrapWords(text, COLUMNS - before.length - hanging).split("\n");
  return [first, ...others.map((line) => " ".repeat(hanging) + line)].map((line) => before + line).join("\n");
}

function indent(text: string, before: string): string {
  return text
    .split("\n")
    .map((line) => before + line)
    .join("\n");
}
