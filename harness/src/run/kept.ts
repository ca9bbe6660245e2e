import { parseCellId, type Protocol } from "@mobilenet-bench/results";
import type { Ledger } from "./ledger.ts";
import type { Start } from "./start.ts";

/** The ids of the cells that have not failed and of which sets are missing. */
export function cellsLeft({ cells, protocol }: Pick<Start, "cells" | "protocol">, ledger: Ledger): string[] {
  return cells.filter((id) => {
    const { model } = parseCellId(id);
    return !ledger.failureOf(id) && setsOf(protocol).some((set) => !ledger.isWhole(model, set));
  });
}

/** What whoever goes on with a run should know: what is kept, and what is measured again. */
export function describeKept(
  { cells, protocol }: Pick<Start, "cells" | "protocol">,
  ledger: Ledger,
): string[] {
  const models = [...new Set(cells.map((id) => parseCellId(id).model))];
  const whole = models.flatMap((model) => setsOf(protocol).filter((set) => ledger.isWhole(model, set)));
  const failed = cells.filter((id) => ledger.failureOf(id)).length;
  return [
    `Kept: ${whole.length} of ${models.length * protocol.sets} sets (${protocol.sets} of each model)${failed === 0 ? "" : `, and that ${failed === 1 ? "1 cell" : `${failed} cells`} failed`}.`,
    ...ledger
      .cut()
      .filter(({ model, set }) => !ledger.isWhole(model, set))
      .map(
        ({ model, set, blocks }) =>
          `Set ${set + 1} of ${model} was cut short, and is measured again: its ${blocks} blocks do not count.`,
      ),
  ];
}

function setsOf({ sets }: Protocol): number[] {
  return Array.from({ length: sets }, (_, set) => set);
}
