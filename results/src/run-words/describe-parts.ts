import type { Part } from "../part.ts";
import type { Run } from "../schema.ts";
import { howMany } from "./how-many.ts";

/** What must be known of a run that was interrupted: that cells are missing, or what was measured when and by what. */
export function describeParts({ complete, parts = [] }: Run): string[] {
  return [
    ...(complete ? [] : ["The run was interrupted: cells are missing."]),
    ...parts.map((part, i) => {
      const { startedAt, environment } = part;
      const when = startedAt.slice(0, 16).replace("T", " ");
      const { commit, dirty, runtime } = environment;
      const source = `${commit?.slice(0, 12) ?? "no commit"}${dirty ? " with changes" : ""}`;
      return `Part ${i + 1} of ${parts.length}: ${measured(part)}, from ${when} UTC, ${source}, Node ${runtime["node"] ?? "unknown"}.`;
    }),
  ];
}

function measured({ cells, sets = [], discardedBlocks = 0 }: Part): string {
  const counts = [...(sets.length > 0 ? [howMany(sets.length, "set")] : []), howMany(cells.length, "cell")];
  const left =
    discardedBlocks === 0
      ? ""
      : ` (${howMany(discardedBlocks, "block")} of a set that was cut short left out)`;
  return counts.join(", ") + left;
}
