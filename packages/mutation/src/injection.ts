import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { editsOf, isCheckFault, type Edit } from "@mobilenet-bench/backend/faults";
import type { FoundFault } from "./find-faults.ts";
import type { Injection, PlacedEdit } from "./planted.ts";

/** Whatever a fault needs to be there, without the fault. */
export function givenOf(fault: FoundFault): Injection {
  const given = isCheckFault(fault) ? [] : (fault.given ?? []);
  return { edits: given.map((edit) => placeEdit(edit, fault.folder)) };
}

/** A fault as a process of the check is handed it, with the paths of the built files whose place it takes. */
export function injectionOf(fault: FoundFault): Injection {
  const { folder } = fault;
  const edits = editsOf(fault).map((edit) => placeEdit(edit, folder));
  const tampering = isCheckFault(fault) ? undefined : fault.tampering;
  return { edits, ...(tampering && { tampering: { ...tampering, url: entryOf(folder) } }) };
}

/** What a package is imported by, as it is built. */
export function entryOf(folder: string): string {
  return pathToFileURL(join(folder, "dist", "index.js")).href;
}

function placeEdit({ file, find, replace }: Edit, folder: string): PlacedEdit {
  const built = join(folder, "dist", file.replace(/\.ts$/, ".js"));
  return { source: join(folder, "src", file), url: pathToFileURL(built).href, find, replace };
}
