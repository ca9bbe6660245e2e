import type { Backend } from "@mobilenet-bench/backend";
import { thisPack } from "../this-pack.ts";
import type { BackendRow, Packing } from "./backend-row.ts";
import { importUnlessLeftOut } from "./left-out.ts";
import type { NamedBackend } from "./named-backend.ts";
import { NODE_BACKENDS } from "./node-backends.ts";
import { PAGE_BACKENDS } from "./page-backends.ts";

const ALL = { ...PAGE_BACKENDS, ...NODE_BACKENDS };

/** The id of a backend of this program, as cell ids have it. */
export type BackendId = keyof typeof ALL;

/** Every backend of this program. The order is that of listings. */
export const BACKENDS: Readonly<Record<BackendId, BackendRow>> = ALL;

/** Whether it is one of this program's; ids of backends from outside are not. */
export function isBackendId(id: string): id is BackendId {
  return Object.hasOwn(BACKENDS, id);
}

/** In the order of listings. */
export const BACKEND_IDS: readonly BackendId[] = Object.keys(BACKENDS).filter(isBackendId);

/** The same, as plans name them. */
export const NAMED_BACKENDS: readonly NamedBackend[] = BACKEND_IDS.map((id) => {
  const { family, gpu } = BACKENDS[id];
  return { id, family, gpu };
});

/** The backend itself; in a pack that leaves it out, one that refuses and says so. */
export function importBackend(id: BackendId): Promise<Backend> {
  return importUnlessLeftOut(id, BACKENDS[id], thisPack);
}

/** Whether packs have it without asking: all of them, or those for which no backends were named. */
export function packedUnasked(id: BackendId): Packing["unasked"] {
  const { pack } = BACKENDS[id];
  return "package" in pack ? pack.unasked : undefined;
}
