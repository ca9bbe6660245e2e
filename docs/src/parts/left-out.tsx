import { STALE, type SiteCell } from "../data/site-cell.ts";
import { isBroken } from "../data/status.ts";
import type { Filtered } from "../state/filters.ts";

interface LeftOutProps {
  readonly filtered: Filtered;
}

/** What is not in the picture, or in it and not in the ranks: counted, never silent. */
export function LeftOutLine({ filtered }: LeftOutProps) {
  const { shown, all, leftOut } = filtered;
  const hidden = all - shown.length;
  const by = leftOut.map(({ title, cells }) => `${title.toLowerCase()} ${cells}`);
  const told = [
    `${shown.length} of ${all} cells`,
    ...(hidden > 0 ? [`left out by filters: ${hidden}${by.length > 0 ? ` (${by.join(", ")})` : ""}`] : []),
    ...countsOf(shown),
  ];
  return <p class="left-out">{told.join(" · ")}</p>;
}

function countsOf(cells: readonly SiteCell[]): string[] {
  const counts: readonly (readonly [number, string])[] = [
    [cells.filter(({ software }) => software).length, "on a software adapter, not ranked"],
    [cells.filter(({ marks }) => marks.includes(STALE)).length, "stale, not ranked"],
    [cells.filter(({ status }) => isBroken(status)).length, "failed"],
    [cells.filter(({ status }) => status === "unsupported").length, "unsupported"],
    [cells.filter(({ dirty }) => dirty).length, "of a dirty tree"],
  ];
  return counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
}
