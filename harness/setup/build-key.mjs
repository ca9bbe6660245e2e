import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { workspaceFolders } from "./stamp.mjs";

/** What a package is built from, as turbo.json says: other files may change without a build. */
const INPUTS = ["src", "build", "tsconfig.json", "vite.config.ts", "package.json"];
const COMMON = ["tsconfig.base.json", "turbo.json", "pnpm-lock.yaml"];

/**
 * A hash of the names, sizes and times of all files that the build is made from: the same as long as nobody touched
 * one. It takes some milliseconds; whether a change is one, Turborepo then knows.
 */
export function buildKey(/** @type {string} */ root) {
  const hash = createHash("sha256");
  const inputs = workspaceFolders(root).flatMap((folder) => INPUTS.map((name) => join(folder, name)));
  for (const file of [...COMMON, ...inputs].flatMap((path) => filesAt(root, path)).toSorted()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** Whether every package that has sources has something built. */
export function hasOutputs(/** @type {string} */ root) {
  return workspaceFolders(root).every(
    (folder) => !existsSync(join(root, folder, "src")) || existsSync(join(root, folder, "dist")),
  );
}

/** The file, or those in the folder and below; none where there is no such thing. */
function filesAt(/** @type {string} */ root, /** @type {string} */ path) {
  const status = statSync(join(root, path), { throwIfNoEntry: false });
  if (!status?.isDirectory()) return status ? [path] : [];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name).slice(root.length)] : [],
  );
}
