import { formatShard, type Shard } from "@mobilenet-bench/results";
import type { Plan } from "../plan/plan.ts";
import { slowCellsOf } from "../plan/suites.ts";
import { PROTOCOLS } from "../protocol.ts";
import { UsageError } from "../usage-error.ts";
import { needsGpu, nominalCost, type CostedCell } from "./cell-cost.ts";
import { estimateGroup } from "./estimate-cells.ts";
import { fewSetsOf } from "./few-sets.ts";

/** Of the machines that suites are divided over. */
const CORES = 2;

/** What a shard has so far. */
interface Load {
  ms: number;
  readonly models: string[];
}

/**
 * The part of a plan that one of several machines measures. All cells of a model are in one shard, since they are compared
 * with one another; and every machine divides a plan likewise, whatever it knows of its own speed.
 * @throws UsageError where there are more shards than models
 */
export function takeShard(plan: Plan, shard: Shard): Plan {
  const models = new Set(divide(plan, shard.of)[shard.number - 1]);
  if (models.size === 0) {
    const most = new Set(plan.cells.map(({ model }) => model)).size;
    throw new UsageError(
      `There is nothing for shard ${formatShard(shard)}: the cells of a model stay together, and there are ${most} models. Use ${most === 1 ? "no shards" : `--shard K/${most} or fewer`}.`,
    );
  }
  const cells = plan.cells.filter(({ model }) => models.has(model));
  const ids = new Set(cells.map(({ id }) => id));
  const demands = plan.demands.flatMap(({ what, cells: wanted }) => {
    const here = wanted.filter((id) => ids.has(id));
    // What no cell has is told by every shard, what others have by them.
    return wanted.length > 0 && here.length === 0 ? [] : [{ what, cells: here }];
  });
  return { ...plan, cells, demands, shard };
}

/**
 * The models of each shard: the one that takes longest goes to the shard that has least so far, and so on.
 * @returns as many lists as shards, of which the last are empty where there are fewer models
 */
export function divide(
  { suite, protocol, cells }: Pick<Plan, "suite" | "protocol"> & { readonly cells: readonly CostedCell[] },
  shards: number,
): string[][] {
  const costed = cells.map((cell) => ({ cell, cost: nominalCost(cell), software: needsGpu(cell) }));
  const few = fewSetsOf(costed, slowCellsOf(suite));
  const options = { protocol: PROTOCOLS[protocol], few, cores: CORES };
  const groups = Array.from(
    Map.groupBy(costed, ({ cell }) => cell.model),
    ([model, members]) => ({
      model,
      ms: estimateGroup(members, options),
    }),
  );
  // By name where they take the same: a division must not depend on the order of a listing.
  const longestFirst = groups.toSorted((a, b) => b.ms - a.ms || (a.model < b.model ? -1 : 1));
  const loads = Array.from({ length: shards }, (): Load => ({ ms: 0, models: [] }));
  for (const { model, ms } of longestFirst) {
    const lightest = loads.reduce((best, load) => (load.ms < best.ms ? load : best));
    lightest.models.push(model);
    lightest.ms += ms;
  }
  return loads.map(({ models }) => models);
}
