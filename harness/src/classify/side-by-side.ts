import { plainTable, trimLines } from "../report/table.ts";
import type { Ranked } from "./rank.ts";

/** What one way to compute says of a picture: every class, the likeliest first. */
export interface Opinion {
  readonly name: string;
  readonly ranked: readonly Ranked[];
}

/**
 * Probabilities in percent: a row for every class that is among the first `shown` of anyone, a column for each opinion;
 * where a class has another place than in the first opinion, its place follows. Columns that do not fit go below.
 */
export function sideBySide(
  [first, ...others]: readonly [Opinion, ...Opinion[]],
  labelOf: (index: number) => string,
  { shown, columns }: { readonly shown: number; readonly columns: number },
): string {
  const among = new Set(
    [first, ...others].flatMap(({ ranked }) => ranked.slice(0, shown).map(({ index }) => index)),
  );
  const rows = first.ranked.filter(({ index }) => among.has(index));
  const places = new Map(first.ranked.map(({ index }, place) => [index, place]));
  const opinions = [first, ...others].map(({ name, ranked }) => ({
    name,
    cells: new Map(
      ranked.map(({ index, probability }, place) => {
        const moved = place === places.get(index) ? "" : ` (${ordinal(place + 1)})`;
        return [index, `${(probability * 100).toFixed(1)}${moved}`];
      }),
    ),
  }));
  const width = Math.max(...rows.map(({ index }) => labelOf(index).length));
  const tables = chunks(opinions, columns - width).map((chunk) => {
    const table = plainTable(["left", ...chunk.map(() => "right" as const)]);
    table.push(["%", ...chunk.map(({ name }) => name)]);
    for (const { index } of rows)
      table.push([labelOf(index), ...chunk.map(({ cells }) => cells.get(index) ?? "")]);
    return trimLines(table.toString());
  });
  return tables.join("\n\n");
}

interface Column {
  readonly name: string;
  readonly cells: ReadonlyMap<number, string>;
}

/** As many columns per table as the width allows, and at least one. */
function chunks(all: readonly Column[], width: number): Column[][] {
  const tables: Column[][] = [];
  let left = 0;
  for (const column of all) {
    const needed =
      2 + Math.max(column.name.length, ...[...column.cells.values()].map(({ length }) => length));
    if (needed > left) {
      tables.push([]);
      left = width;
    }
    tables.at(-1)?.push(column);
    left -= needed;
  }
  return tables;
}

const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };
const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });

/** 1st, 2nd, 3rd, 4th … */
function ordinal(place: number): string {
  return `${place}${SUFFIXES[ORDINALS.select(place)] ?? "th"}`;
}
