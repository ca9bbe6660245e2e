import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * A hash of the files that decide what an install brings: the lock file, the settings and every manifest of the
 * workspace, and the platform (native packages differ, and a folder can be shared between machines).
 */
export function installKey(/** @type {string} */ root) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  const settings = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"];
  for (const file of [...settings, ...workspaceFolders(root).map((folder) => join(folder, "package.json"))]) {
    hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** The folders of the workspace's packages, relative to `root`, from the list in pnpm-workspace.yaml. */
export function workspaceFolders(/** @type {string} */ root) {
  const settings = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const list = /^packages:\n((?: +- .*\n)+)/m.exec(settings)?.[1] ?? "";
  const patterns = Array.from(list.matchAll(/- +["']?([^"'\n]+)/g), ([, pattern = ""]) => pattern.trim());
  return patterns
    .flatMap((pattern) => (pattern.endsWith("/*") ? children(root, pattern.slice(0, -2)) : [pattern]))
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .toSorted();
}

function children(/** @type {string} */ root, /** @type {string} */ folder) {
  return readdirSync(join(root, folder)).map((name) => join(folder, name));
}

/** What {@link writeRecord} wrote, or nothing where there is none or it is torn. */
export function readRecord(/** @type {string} */ path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Writes JSON so that a reader sees all of it or nothing. */
export function writeRecord(/** @type {string} */ path, /** @type {unknown} */ value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(value, undefined, 2)}\n`);
  renameSync(`${path}.new`, path);
}
