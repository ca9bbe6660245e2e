import { rowId, significant } from "@mobilenet-bench/results";
import { ratioText } from "../report/ratio-text.ts";
import { NOMINATION, type StoredComparison, type StoredRow } from "./stored.ts";
import type { UncomparedCell } from "./stored-cells.ts";

interface StoredColumn {
  /** Where columns are few, the line break stands; elsewhere it is a space. */
  readonly title: string;
  readonly align: "left" | "right";
  readonly value: (row: StoredRow) => string;
}

/** The table of cells for people; what only one machine can tell is left out else. */
export function columnsOf({ machine }: StoredComparison): readonly StoredColumn[] {
  return [
    { title: "backend", align: "left", value: rowName },
    { title: "base\nms", align: "right", value: ({ baseMs }) => significant(baseMs) },
    { title: "candidate\nms", align: "right", value: ({ candidateMs }) => significant(candidateMs) },
    { title: "×\nbase", align: "right", value: ({ ratio }) => ratioText(ratio.value) },
    {
      title: "95 %\nover sets",
      align: "right",
      value: ({ ratio: { interval } }) => (interval ? interval.map(ratioText).join("–") : "–"),
    },
    ...(machine === undefined
      ? []
      : [
          {
            title: "its\nown",
            align: "right",
            value: ({ ownRatio }: StoredRow) => (ownRatio === undefined ? "" : ratioText(ownRatio)),
          } as const,
        ]),
    {
      title: "note",
      align: "left",
      value: ({ nominated, atClock, ranOtherwise }) =>
        [nominated && `${nominated}?`, atClock && "clock", ranOtherwise.length > 0 && "≠"]
          .filter(Boolean)
          .join(" "),
    },
  ];
}

/** What titles and notes mean, and nothing that does not stand there. */
export function legendOf({ machine, rows }: StoredComparison): string[] {
  return [
    ...(rows.length === 0
      ? []
      : [
          "× base: the candidate's time over the base's, over sets of fresh processes",
          "95 % over sets: Welch's t; it holds what processes differ by, not what times do; – below two sets",
          ...(rows.some(({ atClock }) => atClock)
            ? ["clock: both at the reference clock, so that what the clock did is out of × base"]
            : []),
        ]),
    ...(machine === undefined ? [] : ["its own: × base without the median change of the other cells"]),
    ...(rows.some(({ ranOtherwise }) => ranOtherwise.length > 0)
      ? ["≠: ran otherwise, as told beneath"]
      : []),
    ...(rows.some(({ nominated }) => nominated) ? [`slower?, faster?: ${NOMINATION}`] : []),
  ];
}

/** What the machine did to all, in a line. */
export function machineLine({ machine }: StoredComparison): string | undefined {
  return machine === undefined
    ? undefined
    : `The machine: × ${ratioText(machine.ratio)}, the median of ${machine.cells} cells. A change that most cells have of their own looks the same.`;
}

/** What ran otherwise, each difference once, with how many cells it concerns. */
export function otherwiseLines({ rows }: StoredComparison): string[] {
  const all = rows.flatMap((row) => row.ranOtherwise.map((what) => ({ what, name: rowName(row) })));
  return [...Map.groupBy(all, ({ what }) => what)].map(
    ([what, members]) => `${[...new Set(members.map(({ name }) => name))].join(", ")}: ${what}`,
  );
}

/** Why cells were not compared, each reason once. */
export function uncomparedLines(cells: readonly UncomparedCell[]): string[] {
  return [...Map.groupBy(cells, ({ why, broken }) => JSON.stringify([why, broken])).values()].flatMap(
    (members) => {
      const [first] = members;
      if (!first) return [];
      const names = [...new Set(members.map(rowName))];
      const count = members.length > 1 ? ` (${members.length} cells)` : "";
      return [`${names.join(", ")}: ${first.broken ? "broken. " : ""}${first.why}${count}`];
    },
  );
}

/** `BACKEND OPTIONS` as tables name it: the usual target is left out. */
function rowName(cell: { readonly id: string }): string {
  return rowId(cell).replace(/\/node(?=\?|$)/, "");
}
