import type { CellKey } from "@mobilenet-bench/results";
import { UsageError } from "../usage-error.ts";

/**
 * Filters that leave nothing of stored cells.
 * @param where what the cells are of: `run 2026-11-22-1206c8248664`
 */
export function noCellFits(where: string, cells: readonly CellKey[]): UsageError {
  const named = (names: readonly string[]) => [...new Set(names)].toSorted().join(", ");
  const there =
    cells.length === 0
      ? "It has none"
      : `It has ${named(cells.map(({ backend }) => backend))} on ${named(cells.map(({ target }) => target))}`;
  return new UsageError(`No cell of ${where} fits. ${there}. Leave a filter out.`);
}
