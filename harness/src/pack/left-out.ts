import { UnsupportedError, type Backend } from "@mobilenet-bench/backend";
import { refusalOf } from "./contents.ts";
import { thisPack, type Pack } from "./manifest.ts";

type Importer = () => Promise<Backend>;
type PackOrNone = Pick<Pack, "backends"> | null;

/** Whether this program runs from a pack that has no such backend. */
export function isLeftOut(id: string, pack: PackOrNone = thisPack): boolean {
  return pack !== null && !pack.backends.includes(id);
}

/** The registry, in which the backends that a pack leaves out say so: there is nothing to import. */
export function nameLeftOut<Id extends string>(
  all: Record<Id, Importer>,
  pack: PackOrNone = thisPack,
): Readonly<Record<Id, Importer>> {
  if (pack === null) return all;
  const registry = { ...all };
  for (const id in registry)
    if (isLeftOut(id, pack)) registry[id] = () => Promise.resolve(leftOut(id, pack.backends));
  return registry;
}

function leftOut(id: string, present: readonly string[]): Backend {
  const { reason, remedy } = refusalOf(id) ?? {
    reason: `${id} is not in this pack.`,
    remedy: `Make a pack that has it, in a clone: ./mnb pack --backend ${[...present, id].join(",")}`,
  };
  return {
    id,
    summary: "left out of this pack",
    platforms: ["node", "browser"],
    options: {},
    availability: () => Promise.resolve({ available: false, reason, remedy }),
    load: () => Promise.reject(new UnsupportedError(`backend ${id}`, reason, remedy)),
  };
}
