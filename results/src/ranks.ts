import { comparableCells, counted, medianInterval, roundRatios } from "./ratios.ts";
import type { Cell } from "./schema.ts";
import { rankRanges, type RankRange } from "./statistics/rank-ranges.ts";

/**
 * The rank of every comparable cell among those of its model, as far as this run tells: a cell is surely faster than another
 * where the 95 % interval of their ratio, round by round, lies below 1. Cells that share less than six rounds cannot be
 * told apart. Each pair of cells is judged by itself.
 * @returns by cell id; cells on software GPUs have none
 */
export function ranksOf(cells: readonly Cell[]): ReadonlyMap<string, RankRange> {
  return new Map(
    comparableCells(cells).flatMap((members) => {
      const blocks = members.map(({ id, blocks }) => ({ id, counted: counted(blocks) }));
      const ranges = rankRanges(blocks, (one, other) => {
        const interval = medianInterval(roundRatios(one.counted, other.counted));
        return interval !== undefined && interval[1] < 1;
      });
      return [...ranges].map(([{ id }, range]) => [id, range] as const);
    }),
  );
}
