import type { Cell } from "./schema.ts";

/**
 * Whether a processor played the part of the GPU: such a figure shows that the backend is correct, not how fast it
 * is, and is never ranked with figures of hardware.
 */
export function onSoftwareAdapter(cell: Pick<Cell, "actual">): boolean {
  const adapter = cell.actual?.["adapter"];
  return (
    typeof adapter === "object" && adapter !== null && "class" in adapter && adapter.class === "software"
  );
}
