import { formatCellId, parseCellId, type CellKey } from "@mobilenet-bench/results";
import { matchesModel } from "./match-model.ts";
import { matchesNames } from "./matches-names.ts";

/** Names and globs by which cells of stored runs are chosen. */
export interface ChosenOptions {
  readonly model?: readonly string[];
  readonly backend?: readonly string[];
  readonly target?: readonly string[];
}

/**
 * Whether a measured cell is among those chosen: of these ids, where there are any, and of every name.
 * @throws CellIdError where an id is none
 */
export function chosenCells(
  ids: readonly string[],
  { model = [], backend = [], target = [] }: ChosenOptions,
): (cell: CellKey & { readonly id: string }) => boolean {
  const wanted = new Set(ids.map((id) => formatCellId(parseCellId(id))));
  const isModel = matchesModel(model);
  const isBackend = matchesNames(backend);
  const isTarget = matchesNames(target);
  return (cell) =>
    (wanted.size === 0 || wanted.has(cell.id)) &&
    isModel(cell.model) &&
    isBackend(cell.backend) &&
    isTarget(cell.target);
}
