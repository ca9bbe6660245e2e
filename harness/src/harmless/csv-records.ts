import { stringify } from "csv-stringify/sync";
import { terminalLine } from "./terminal-text.ts";

/** A field; null and undefined are empty ones. */
export type CsvValue = string | number | null | undefined;

/**
 * Rows under a line of titles (RFC 4180), with a field for each title. Texts are of one line, and none is taken for a
 * formula by a spreadsheet: where one begins like it, an apostrophe comes first. Numbers are left as they are.
 */
export function csvRecords<Title extends string>(
  titles: readonly Title[],
  records: readonly Readonly<Partial<Record<Title, CsvValue>>>[],
): string {
  const rows = records.map((record) =>
    titles.map((title) => {
      const value = record[title];
      return typeof value === "string" ? terminalLine(value) : value;
    }),
  );
  return stringify([[...titles], ...rows], { escape_formulas: true }).trimEnd();
}
