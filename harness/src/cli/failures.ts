import type { Inferred } from "../classify/infer-cell.ts";
import { EXIT } from "./exit.ts";

/** A line for each cell without an answer. */
export function renderFailures(results: readonly Inferred[]): string[] {
  return results.flatMap((result) =>
    result.status === "ok"
      ? []
      : [`! ${result.cell.id}: ${result.status}. ${result.reason} ${result.remedy ?? ""}`.trimEnd()],
  );
}

/** What cannot run here is no fault; anything else is. */
export function exitFor(results: readonly Inferred[]): number {
  return results.every(({ status }) => status === "ok" || status === "unsupported") ? EXIT.done : EXIT.wrong;
}
