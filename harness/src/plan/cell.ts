import { describeValues, isAllowed } from "@mobilenet-bench/backend";
import { parseModelName, type Model } from "@mobilenet-bench/spec";
import { formatCellId, parseCellId, type CellKey } from "@mobilenet-bench/results";
import { BACKEND_IDS, BACKENDS, isBackendId, type BackendId } from "../backends.ts";
import { isLeftOut } from "../pack/left-out.ts";
import { TARGETS } from "../target/targets.ts";
import { UsageError } from "../usage-error.ts";

/** One model on one backend on one target with its options, known to exist. */
export interface PlannedCell extends CellKey {
  readonly id: string;
  readonly backend: BackendId;
  readonly network: Model;
}

/** @throws UsageError where the backend or the target does not exist */
export function planCell({ model, backend, target, options }: CellKey): PlannedCell {
  if (!isBackendId(backend)) throw unknown("backend", backend, BACKEND_IDS);
  if (!Object.hasOwn(TARGETS, target)) throw unknown("target", target, Object.keys(TARGETS));
  const id = formatCellId({ model, backend, target, options });
  return { id, model, backend, target, options, network: parseModelName(model) };
}

/** The cell with the network of a file, whose classifier may be of another size than the name tells. */
export function withNetwork(cell: PlannedCell, network: Model | undefined): PlannedCell {
  return network ? { ...cell, network } : cell;
}

/**
 * The cell of an id that was typed in.
 * @throws UsageError also where the backend has no such option, or takes no such value anywhere
 */
export async function parsePlannedCell(id: string): Promise<PlannedCell> {
  const cell = planCell(parseCellId(id));
  // What is not there cannot say which options it has: its cells are unsupported, whatever they ask for.
  if (isLeftOut(cell.backend)) return cell;
  const { options } = await BACKENDS[cell.backend]();
  for (const [name, value] of Object.entries(cell.options)) {
    const spec = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!spec) throw unknown(`option of ${cell.backend}`, name, Object.keys(options));
    if (!isAllowed(spec, value))
      throw new UsageError(`${name} of ${cell.backend} cannot be ${value}. Use ${describeValues(spec)}.`);
  }
  return cell;
}

export function unknown(what: string, name: string, known: readonly string[]): UsageError {
  const remedy = known.length > 0 ? `Use ${known.join(", ")}.` : "There is none.";
  return new UsageError(`There is no ${what} "${name}". ${remedy}`);
}
