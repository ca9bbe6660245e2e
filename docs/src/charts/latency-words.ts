import { type Fit, howMany, significant } from "@mobilenet-bench/results";
import { competes, type SiteCell } from "../data/site-cell.ts";
import {
  countsWithoutFigure,
  isFigured,
  modelName,
  rangeText,
  rowName,
  shortRow,
  type Figured,
} from "./site-cells.ts";

/**
 * What the chart of latency says: how much of what is in it, who leads its largest model as far as ranks tell, how
 * much a mult-add costs, and what has no figure or does not compete.
 * @param cells sorted: the largest model first, its fastest first
 */
export function latencyWords(
  cells: readonly SiteCell[],
  lines: readonly Fit[],
  vanished: ReadonlySet<string>,
): string {
  if (cells.length === 0) return "No cell to show.";
  const present = cells.filter(({ id }) => !vanished.has(id));
  const competing = present.filter(isFigured).filter(competes);
  const backends = new Set(cells.map(({ backend }) => backend));
  const models = new Set(cells.map(({ model }) => model));
  return [
    `${howMany(cells.length, "cell")}: ${howMany(backends.size, "backend")} on ${howMany(models.size, "model")}.`,
    leaderWords(competing),
    slopeWords(lines, competing),
    absentWords(present, vanished.size),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** Never one name where ranks leave several: then all that may be first. */
function leaderWords(competing: readonly Figured[]): string {
  const [first] = competing;
  if (!first) return "None of them competes.";
  const ofModel = competing.filter(({ model }) => model === first.model);
  const model = modelName(first);
  if (ofModel.length === 1) return `At ${model}, ${figureWords(first)}.`;
  const leaders = ofModel.filter(({ rank }) => rank?.[0] === 1);
  if (leaders.length === 0) return `At ${model} the lowest median is that of ${figureWords(first)}.`;
  const verb = leaders.length === 1 ? "is first" : "share the first rank";
  const last = ofModel.at(-1);
  const slowest = last && !leaders.includes(last) ? `; the slowest is ${figureWords(last)}` : "";
  return `At ${model}, ${leaders.map(figureWords).join(" and ")} ${verb}${slowest}.`;
}

function figureWords(cell: Figured): string {
  const range = rangeText(cell.ci95);
  return `${rowName(cell)} with ${significant(cell.ms)} ms${range === "" ? "" : ` (${range})`}`;
}

function slopeWords(lines: readonly Fit[], competing: readonly Figured[]): string {
  const names = new Set(competing.map(rowName));
  const fitted = lines
    .filter((line) => !line.software && names.has(shortRow(line.backend)))
    .toSorted((a, b) => a.slope - b.slope);
  const [best, worst] = [fitted.at(0), fitted.at(-1)];
  if (!best || !worst) return "";
  const words = ({ slope, backend }: Fit) => `${significant(slope)} (${shortRow(backend)})`;
  return best === worst
    ? `1e9 mult-adds cost ${words(best)} ms.`
    : `1e9 mult-adds cost from ${words(best)} to ${words(worst)} ms.`;
}

function absentWords(present: readonly SiteCell[], vanished: number): string {
  const software = present.filter((cell) => isFigured(cell) && cell.software).length;
  const stale = present.filter((cell) => isFigured(cell) && !cell.software && !competes(cell)).length;
  const words = [
    ...(software > 0 ? [`${software} on a software GPU`] : []),
    ...(stale > 0 ? [`${stale} of an older run`] : []),
  ];
  const shown = words.length > 0 ? [`Shown and not ranked: ${words.join(", ")}.`] : [];
  const counts = [...countsWithoutFigure(present), ...(vanished > 0 ? [`${vanished} vanished`] : [])];
  return [...shown, ...(counts.length > 0 ? [`Without a figure: ${counts.join(", ")}.`] : [])].join(" ");
}
