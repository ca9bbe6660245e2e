import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { workspaceFolders } from "./stamp.mjs";

/** What the compiler makes of one source. */
const OUTPUTS = [".js", ".js.map", ".d.ts", ".d.ts.map"];
/** Where a source may lie whose outputs are in `dist`: packages have `src` or themselves as the root of all. */
const ROOTS = ["src", ""];

/**
 * Deletes what was built of sources that are no longer there: builds leave it, and it would be checked, packed and published
 * with the rest. What is no output of the compiler stays.
 *
 * @returns {string[]} the sources that are gone, as paths in `dist` without their endings
 */
export function sweepBuilt(/** @type {string} */ root) {
  return workspaceFolders(root).flatMap((folder) => {
    const dist = join(root, folder, "dist");
    if (!existsSync(dist)) return [];
    const gone = readdirSync(dist, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".d.ts"))
      .map((name) => name.slice(0, -".d.ts".length))
      .filter((name) => !hasSource(join(root, folder), name));
    for (const name of gone)
      for (const ending of OUTPUTS) rmSync(join(dist, `${name}${ending}`), { force: true });
    return gone.map((name) => join(folder, "dist", name));
  });
}

/** @param {string} folder @param {string} name */
function hasSource(folder, name) {
  return ROOTS.some((from) =>
    [".ts", ".tsx"].some((ending) => existsSync(join(folder, from, `${name}${ending}`))),
  );
}
