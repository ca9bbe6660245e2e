import { median, medianAbsoluteDeviation } from "simple-statistics";
import { SEQUENTIAL_RULE } from "./sequential-rule.ts";

/** What many cells changed by from one run to another, parted into the machine's share and each cell's own. */
export interface MachineChange {
  /** The median of all changes: what is taken for the machine's. */
  readonly shared: number;
  /** Of each cell, what is left when the median of the *other* cells is taken out. */
  readonly own: readonly number[];
  /** Which cells stand out by more than they spread. */
  readonly outliers: readonly boolean[];
}

/** How many cells it takes to tell a machine's change from a cell's. */
export const MACHINE_CELLS = 5;
/** Of the modified z-score: B. Iglewicz, D. C. Hoaglin, "How to Detect and Handle Outliers" (1993). */
const OUTLYING = 3.5;

/**
 * Cells of one run share what the machine did meanwhile, so what most of them changed by says nothing of one. An outlier has
 * a modified z-score above 3.5, 0.6745·|x − median|/MAD, and lies beyond the margin of verdicts. A change that most cells
 * have of their own cannot be told from the machine's.
 * @param changes ln of a ratio for each cell
 * @returns undefined below {@link MACHINE_CELLS} cells
 */
export function machineChange(changes: readonly number[]): MachineChange | undefined {
  if (changes.length < MACHINE_CELLS) return undefined;
  const own = changes.map((change, i) => change - median(changes.filter((_, other) => other !== i)));
  const centre = median(own);
  const spread = medianAbsoluteDeviation(own);
  return {
    shared: median([...changes]),
    own,
    outliers: own.map(
      (change) =>
        Math.abs(change) > SEQUENTIAL_RULE.margin && 0.6745 * Math.abs(change - centre) > OUTLYING * spread,
    ),
  };
}
