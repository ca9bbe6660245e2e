import { median } from "simple-statistics";
import type { Block } from "./schema.ts";

/** The median of the block medians of each set of fresh processes, in milliseconds; blocks left out do not count. */
export function setMedians(blocks: readonly Block[]): number[] {
  const counted = blocks.filter(({ excluded, medianMs }) => excluded === undefined && medianMs > 0);
  return [...Map.groupBy(counted, ({ set }) => set).values()].map((set) =>
    median(set.map(({ medianMs }) => medianMs)),
  );
}
