import type { z } from "zod";
import { formatCellId, type CellKey } from "./cell-id.ts";

/** Holds a cell to its own id: under that of another one, its figures would be read as those of the other. */
export function holdToOwnId(cell: CellKey & { readonly id: string }, context: z.RefinementCtx): void {
  const own = formatCellId(cell);
  if (cell.id === own) return;
  const message = `the cell of this model, backend, target and options is ${own}, not ${cell.id}`;
  context.addIssue({ code: "custom", path: ["id"], message });
}
