import { rowId } from "../ratios.ts";
import type { Cell } from "../schema.ts";

/** Why cells have no figures, and what to do: each reason once, however many cells share it. */
export interface SharedReason {
  /** `BACKEND/TARGET?option=value`, each once. */
  readonly rows: readonly string[];
  readonly status: string;
  readonly reason: string;
  readonly remedy: string;
  readonly cells: number;
}

/** Equal reasons told once, with the rows that have them, in the order in which they first appear. */
export function reasonsOf(cells: readonly Cell[]): SharedReason[] {
  const failed = cells.filter((cell) => cell.status !== "ok");
  const groups = Map.groupBy(failed, ({ status, reason, remedy }) =>
    JSON.stringify([status, reason, remedy]),
  );
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const { status, reason, remedy = "" } = first;
    const rows = [...new Set(members.map(rowId))];
    return [{ rows, status, reason, remedy, cells: members.length }];
  });
}

/** `ts/chrome, wasm/chrome: unsupported. There is no browser. Install one. (2 cells)` */
export function reasonText({ rows, status, reason, remedy, cells }: SharedReason): string {
  const count = cells > 1 ? `(${cells} cells)` : "";
  return [`${rows.join(", ")}: ${status}.`, reason, remedy, count].filter(Boolean).join(" ");
}
