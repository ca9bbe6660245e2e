import { describeValues, isAllowed } from "@mobilenet-bench/backend";
import { parseModelName, type Model } from "@mobilenet-bench/spec";
import { formatCellId, parseCellId, type CellKey } from "@mobilenet-bench/results";
import { answerIn, factsOf } from "../ask/known.ts";
import { isLeftOut } from "../registry/left-out.ts";
import type { NamedBackend } from "../registry/named-backend.ts";
import type { Target } from "../target/target.ts";
import { UsageError } from "../usage-error.ts";
import { unknown } from "./choose-names.ts";
import type { Known } from "./known.ts";

/** One model on one backend on one target with its options, known to exist. */
export interface PlannedCell extends CellKey {
  readonly id: string;
  readonly network: Model;
  /** What its backend's id names. */
  readonly from: NamedBackend;
  /** What its target's id names. */
  readonly on: Target;
}

/** @throws UsageError where the backend or the target does not exist */
export function planCell({ model, backend, target, options }: CellKey, known: Known): PlannedCell {
  const from = known.backends.find(({ id }) => id === backend);
  if (!from)
    throw unknown(
      "backend",
      backend,
      known.backends.map(({ id }) => id),
    );
  const on = Object.hasOwn(known.targets, target) ? known.targets[target] : undefined;
  if (!on) throw unknown("target", target, Object.keys(known.targets));
  const id = formatCellId({ model, backend, target, options });
  return { id, model, backend, target, options, network: parseModelName(model), from, on };
}

/** The cell with the network of a file, whose classifier may be of another size than the name tells. */
export function withNetwork(cell: PlannedCell, network: Model | undefined): PlannedCell {
  return network ? { ...cell, network } : cell;
}

/**
 * The cells of ids that were typed in.
 * @throws UsageError also where a backend has no such option, or takes no such value anywhere
 */
export async function parsePlannedCells(ids: readonly string[], known: Known): Promise<PlannedCell[]> {
  const cells = ids.map((id) => planCell(parseCellId(id), known));
  const facts = await factsOf(cells.map(({ from }) => from));
  for (const { backend, options } of cells) {
    const answer = answerIn(facts, backend);
    // What does not answer or is not there cannot say which options it has: its cells fail, whatever they ask for.
    if (!answer.ok || isLeftOut(backend)) continue;
    const specs = answer.value.options;
    for (const [name, value] of Object.entries(options)) {
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      if (!spec) throw unknown(`option of ${backend}`, name, Object.keys(specs));
      if (!isAllowed(spec, value))
        throw new UsageError(`${name} of ${backend} cannot be ${value}. Use ${describeValues(spec)}.`);
    }
  }
  return cells;
}
