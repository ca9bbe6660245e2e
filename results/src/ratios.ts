import { binomialDistribution, median } from "simple-statistics";
import type { Block, Cell, OkCell, Ratio } from "./schema.ts";
import { onSoftwareAdapter } from "./software-adapter.ts";

/**
 * The ratio of every comparable cell to its model's base: the cell of that name, or else the fastest.
 * Within a round all cells are measured in turns, so that drift of the machine cancels in the ratio of two blocks of one
 * round; the ratio is the median of those. Comparable is what was measured and did not run on a software GPU.
 * @param base a cell id without its model, such as `wasm/node`
 * @returns by cell id; models without the base have none
 */
export function ratiosOf(cells: readonly Cell[], base?: string): ReadonlyMap<string, Ratio> {
  const ratios = new Map<string, Ratio>();
  for (const members of comparableCells(cells)) {
    const chosen = base === undefined ? fastest(members) : members.find((cell) => rowId(cell) === base);
    if (chosen) for (const cell of members) ratios.set(cell.id, ratioOf(cell, chosen));
  }
  return ratios;
}

/** Cells of one model that were measured, and not on a software GPU: a group for each model. */
export function comparableCells(cells: readonly Cell[]): OkCell[][] {
  const comparable = cells.filter((cell) => cell.status === "ok").filter((cell) => !onSoftwareAdapter(cell));
  return [...Map.groupBy(comparable, ({ model }) => model).values()];
}

/** `BACKEND/TARGET?option=value`: of the row that a cell stands in, its own id without its model. */
export function rowId({ id }: Pick<Cell, "id">): string {
  return id.slice(id.indexOf("/") + 1);
}

function fastest(cells: readonly OkCell[]): OkCell | undefined {
  return cells.toSorted((a, b) => a.latency.median - b.latency.median)[0];
}

function ratioOf(cell: OkCell, base: OkCell): Ratio {
  if (cell.id === base.id) return { base: base.id, value: 1, rounds: counted(cell.blocks).size };
  const ratios = roundRatios(counted(cell.blocks), counted(base.blocks));
  if (ratios.length === 0)
    return { base: base.id, value: cell.latency.median / base.latency.median, rounds: 0 };
  const ci95 = medianInterval(ratios);
  return { base: base.id, value: median(ratios), ...(ci95 && { ci95 }), rounds: ratios.length };
}

/** Of the rounds that both have. */
export function roundRatios(cell: CountedBlocks, base: CountedBlocks): number[] {
  return [...cell].flatMap(([round, ms]) => {
    const other = base.get(round);
    return other === undefined || other === 0 ? [] : [ms / other];
  });
}

/** The medians of blocks that count, in milliseconds, by set and round. */
export type CountedBlocks = ReadonlyMap<string, number>;

/** Without those that are left out by rule. */
export function counted(blocks: readonly Block[]): CountedBlocks {
  return new Map(
    blocks
      .filter(({ excluded }) => excluded === undefined)
      .map(({ set, round, medianMs }) => [`${set} ${round}`, medianMs]),
  );
}

/**
 * The interval of a median between two order statistics, by the sign test: whatever the distribution, a value lies on
 * either side of its median with probability ½. At least 95 %; undefined below six values, which cannot give as much.
 */
export function medianInterval(values: readonly number[]): [low: number, high: number] | undefined {
  const cut = cutOf(values.length);
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[cut - 1], sorted.at(-cut)];
  return cut === 0 || low === undefined || high === undefined ? undefined : [low, high];
}

/** By the number of values: the same few numbers are asked for with every pair of cells. */
const cuts = new Map<number, number>();

/** The place of the interval's ends among so many sorted values, counted from either side; 0: they are too few. */
function cutOf(values: number): number {
  const known = cuts.get(values);
  if (known !== undefined) return known;
  let cut = 0;
  let tail = 0;
  for (const probability of binomialDistribution(values, 0.5) ?? []) {
    tail += probability;
    if (tail > 0.025) break;
    cut++;
  }
  cuts.set(values, cut);
  return cut;
}
