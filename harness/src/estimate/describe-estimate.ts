import { duration, formatShard, howMany, type Run } from "@mobilenet-bench/results";
import type { Plan } from "../plan/plan.ts";
import { shardLimitsOf } from "../plan/suites.ts";
import type { Prepared } from "./prepare-run.ts";

/** What is said before anything is measured, a line each. */
export function describePlan(plan: Pick<Plan, "suite" | "shard" | "cells">, prepared: Prepared): string[] {
  const { few, cellsMs, besidesMs } = prepared;
  const total = cellsMs + besidesMs;
  const slow = Object.values(few);
  const limits = plan.shard && shardLimitsOf(plan.suite);
  const where = plan.shard ? ` of shard ${formatShard(plan.shard)}` : "";
  return [
    `Plan: ${howMany(plan.cells.length, "cell")}${where}, about ${duration(total)}.`,
    ...(slow[0]
      ? [
          `${slow.length} of them take long or are on software GPUs: in ${slow[0].sets} sets each, for their history only.`,
        ]
      : []),
    ...(limits && total > limits.minutes * 60_000
      ? [
          `That is more than the ${limits.minutes} min that a shard of ${plan.suite ?? "this suite"} is meant for: use more shards, up to ${limits.most}.`,
        ]
      : []),
  ];
}

/** How far the estimate was off, once the cells are measured; nothing where there was none. */
export function describeOutcome({ time }: Pick<Run, "time">): string | undefined {
  if (!time?.estimatedMs || time.cellsMs === 0) return undefined;
  const { estimatedMs, cellsMs } = time;
  const off = Math.round((estimatedMs / cellsMs - 1) * 100);
  const sign = off > 0 ? "+" : off < 0 ? "−" : "±";
  return `Cells took ${duration(cellsMs)}; the estimate was ${duration(estimatedMs)} (${sign}${Math.abs(off)} %).`;
}
