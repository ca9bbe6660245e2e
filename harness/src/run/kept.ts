import { howMany, parseCellId } from "@mobilenet-bench/results";
import type { Ledger } from "./ledger.ts";
import { setsOf } from "./sets-of.ts";
import type { Start } from "./start.ts";

type Planned = Pick<Start, "cells" | "protocol" | "few">;

/** The ids of the cells that have not failed and of which sets are missing. */
export function cellsLeft({ cells, protocol, few }: Planned, ledger: Ledger): string[] {
  return cells.filter((id) => {
    const { model } = parseCellId(id);
    return !ledger.failureOf(id) && setsOf(id, protocol, few).some((set) => !ledger.isWhole(model, set));
  });
}

/** What whoever goes on with a run should know: what is kept, and what is measured again. */
export function describeKept({ cells, protocol, few }: Planned, ledger: Ledger): string[] {
  const planned = Array.from(
    Map.groupBy(cells, (id) => parseCellId(id).model),
    ([model, ids]) => ({ model, sets: new Set(ids.flatMap((id) => setsOf(id, protocol, few))) }),
  );
  const wanted = planned.reduce((sum, { sets }) => sum + sets.size, 0);
  const whole = planned.flatMap(({ model, sets }) => [...sets].filter((set) => ledger.isWhole(model, set)));
  const failed = cells.filter((id) => ledger.failureOf(id)).length;
  return [
    `Kept: ${whole.length} of ${wanted} sets (${protocol.sets} of each model)${failed === 0 ? "" : `, and that ${howMany(failed, "cell")} failed`}.`,
    ...ledger
      .cut()
      .filter(({ model, set }) => !ledger.isWhole(model, set))
      .map(
        ({ model, set, blocks }) =>
          `Set ${set + 1} of ${model} was cut short, and is measured again: its ${blocks} blocks do not count.`,
      ),
  ];
}
