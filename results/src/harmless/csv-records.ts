import { csvFormatRows } from "d3-dsv";
import { terminalLine } from "./terminal-text.ts";

/** A field; null and undefined are empty ones. */
export type CsvValue = string | number | null | undefined;

/** What spreadsheets take for the beginning of a formula, the wide forms of these signs among it. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Rows under a line of titles (RFC 4180), with a field for each title. Texts are of one line, and none is taken for a
 * formula by a spreadsheet: where one begins like it, an apostrophe comes first. Numbers are left as they are.
 */
export function csvRecords<Title extends string>(
  titles: readonly Title[],
  records: readonly Readonly<Partial<Record<Title, CsvValue>>>[],
): string {
  return csvFormatRows([
    [...titles],
    ...records.map((record) => titles.map((title) => field(record[title]))),
  ]);
}

function field(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? String(value) : terminalLine(value).replace(FORMULA, "'$&");
}
