import { howMany } from "@mobilenet-bench/results";
import type { Choice, NewestCell } from "@mobilenet-bench/results";
import type { MachineCells } from "./stored-cells.ts";

/** A choice, and what it was made from: what every form shows. */
export interface ChoiceReport {
  readonly choice: Choice<NewestCell>;
  readonly from: MachineCells;
  /** How many of the machine's cells filters took away. */
  readonly filteredOut: number;
}

/** What the choice was made from: machine, runs, and what was not chosen among, a fact each. */
export function choiceFacts({ choice, from, filteredOut }: ChoiceReport): string[] {
  const { offers, leftOut } = choice;
  const runs = howMany(from.runs, "run");
  return [
    `${from.title} (machine ${from.machine})`,
    `${offers.length} of ${from.cells.length} cells of ${runs}`,
    ...(leftOut.length > 0
      ? [`left out: ${leftOut.map(({ why, cells }) => `${cells} ${why}`).join(", ")}`]
      : []),
    ...(filteredOut > 0 ? [`left out by filters: ${filteredOut}`] : []),
    ...(from.otherMachines.length > 0
      ? [`not looked at: runs of ${from.otherMachines.join(", ")} (--machine chooses one)`]
      : []),
  ];
}
