import { leftOutOf } from "../block-rules.ts";
import type { Cell } from "../schema.ts";

/** Of so many cells each is named; of more, only how many they are. */
const MOST_NAMED = 4;

/** Which blocks do not count and by which rule: a line for each rule, with the cells that it touched. */
export function describeLeftOut(cells: readonly Cell[]): string[] {
  const touched = cells.flatMap((cell) =>
    cell.status === "ok" ? leftOutOf(cell.blocks).map(({ rule, blocks }) => ({ rule, blocks, cell })) : [],
  );
  return Array.from(
    Map.groupBy(touched, ({ rule }) => rule),
    ([rule, of]) => {
      const blocks = of.reduce((sum, one) => sum + one.blocks, 0);
      const all = of.reduce((sum, { cell }) => sum + cell.blocks.length, 0);
      const names = of.map(({ cell }) => cell.id.replace("mobilenet_v1_", ""));
      const where = names.length > MOST_NAMED ? `${names.length} cells` : names.join(", ");
      return `${blocks} of ${all} blocks of ${where} left out: ${rule}`;
    },
  );
}
