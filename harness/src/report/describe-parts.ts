import type { Run } from "@mobilenet-bench/results";

/** What must be known of a run that was interrupted: that cells are missing, or which were measured when and by what. */
export function describeParts({ complete, parts = [] }: Run): string[] {
  return [
    ...(complete ? [] : ["The run was interrupted: cells are missing."]),
    ...parts.map(({ startedAt, cells, environment: { commit, dirty, runtime } }, i) => {
      const when = startedAt.slice(0, 16).replace("T", " ");
      const source = `${commit?.slice(0, 12) ?? "no commit"}${dirty ? " with changes" : ""}`;
      const count = `${cells.length} ${cells.length === 1 ? "cell" : "cells"}`;
      return `Part ${i + 1} of ${parts.length}: ${count}, from ${when} UTC, ${source}, Node ${runtime["node"] ?? "unknown"}.`;
    }),
  ];
}
