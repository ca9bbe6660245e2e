import pc from "picocolors";
import { terminalLine, terminalText } from "@mobilenet-bench/results/harmless";
import { plainTable, trimLines } from "../report/table.ts";
import { describeFailure, isWrong, reasonsWhyUnsupported, type Judged } from "./failures.ts";
import { LEGEND, MATRIX, placesOf, rowName } from "./matrix.ts";
import { rowsOf, type Row } from "./rows.ts";

/** What the place of the text can show. */
export interface TextOptions {
  readonly color: boolean;
  /** Of the terminal, in characters. */
  readonly columns: number;
}

/** The matrix, where its extremes are, and every failure in full. */
export function renderText(verdicts: readonly Judged[], { color, columns }: TextOptions): string {
  const colors = pc.createColors(color);
  const rows = rowsOf(verdicts);
  const matrix = plainTable(MATRIX.map(({ align }) => align));
  matrix.push(MATRIX.map(({ title }) => colors.dim(title)));
  for (const row of rows) {
    const paint = row.checked === 0 ? colors.dim : row.ok === row.checked ? colors.green : colors.red;
    matrix.push(MATRIX.map(({ title, text }) => (title === "ok" ? paint(text(row)) : text(row))));
  }
  const failures = verdicts
    .filter(isWrong)
    .map(
      (verdict) =>
        `${colors.red(`✗ ${verdict.cell.id}: ${verdict.status}`)}\n${indent(terminalText(describeFailure(verdict)))}`,
    );
  return [
    trimLines(matrix.toString()),
    LEGEND.map(colors.dim).join("\n"),
    renderPlaces(
      rows.filter((row) => placesOf(row).length > 0),
      columns,
    ),
    reasonsWhyUnsupported(verdicts)
      .map((line) => colors.yellow(`! ${terminalLine(line)}`))
      .join("\n"),
    ...failures,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** One line per row where there is room, else one per place. */
function renderPlaces(rows: readonly Row[], columns: number): string {
  if (rows.length === 0) return "";
  const wide = plainTable(["left", "left", "left", "left", "left"]);
  const narrow = plainTable(["left", "left", "right", "left", "left"]);
  wide.push(["extremes at", "logits", "fed", "chained", "SNR"]);
  narrow.push(["extremes at", "of", "", "model", "layer"]);
  for (const row of rows) {
    const places = new Map(placesOf(row).map((place) => [place.of, place]));
    const at = (of: string) => [places.get(of)?.model, places.get(of)?.layer].filter(Boolean).join(" ");
    wide.push([rowName(row), at("logits"), at("fed"), at("chained"), at("SNR dB")]);
    const lines = [...places.values()].map(({ of, value, model, layer }) => [of, value, model, layer]);
    narrow.push(...lines.map((line, i) => [i === 0 ? rowName(row) : "", ...line]));
  }
  const text = trimLines(wide.toString());
  return Math.max(...text.split("\n").map((line) => line.length)) <= columns
    ? text
    : trimLines(narrow.toString());
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
