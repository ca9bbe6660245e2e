import { parseCellId } from "@mobilenet-bench/results";
import { planCell, type PlannedCell } from "../../src/plan/cell.ts";
import type { Known } from "../../src/plan/known.ts";
import { NAMED_BACKENDS } from "../../src/registry/backends.ts";
import type { Target } from "../../src/target/target.ts";
import { createTargets } from "../../src/target/targets.ts";

/** What names stand for where nothing comes from outside. */
export const KNOWN: Known = { backends: NAMED_BACKENDS, targets: createTargets() };

/** The cell of an id, on this target, whatever the id's target is called. */
export function planned(id: string, on: Target): PlannedCell {
  const key = parseCellId(id);
  return planCell(key, { backends: NAMED_BACKENDS, targets: { [key.target]: on } });
}
