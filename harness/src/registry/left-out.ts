import { UnsupportedError, type Backend } from "@mobilenet-bench/backend";
import { thisPack, type Pack } from "../this-pack.ts";
import type { BackendRow } from "./backend-row.ts";

type PackOrNone = Pick<Pack, "backends"> | null;

/** Whether this program runs from a pack that has no such backend. */
export function isLeftOut(id: string, pack: PackOrNone = thisPack): boolean {
  return pack !== null && !pack.backends.includes(id);
}

/** Where a pack leaves a backend out there is nothing to import: one takes its place that says so. */
export function importUnlessLeftOut(
  id: string,
  row: Pick<BackendRow, "import" | "pack">,
  pack: PackOrNone,
): Promise<Backend> {
  if (pack === null || !isLeftOut(id, pack)) return row.import();
  return Promise.resolve(leftOut(id, row, pack.backends));
}

function leftOut(id: string, row: Pick<BackendRow, "pack">, present: readonly string[]): Backend {
  const { reason, remedy } =
    "reason" in row.pack
      ? row.pack
      : {
          reason: `${id} is not in this pack.`,
          remedy: `Make a pack that has it, in a clone: ./mnb pack --backend ${[...present, id].join(",")}`,
        };
  return {
    id,
    summary: "left out of this pack",
    platforms: ["node", "browser"],
    options: {},
    availability: () => Promise.resolve({ available: false, reason, remedy }),
    load: () => Promise.reject(new UnsupportedError(`backend-${id}`, reason, remedy)),
  };
}
