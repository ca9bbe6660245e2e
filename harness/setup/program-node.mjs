import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { SetupFailure } from "./failure.mjs";
import { root } from "./paths.mjs";

/** The least version that the packages run on; the set-up itself makes do with 20. */
const LEAST = /** @type {const} */ ([22, 12]);

const pinnedFolder = join(root, "node_modules", "node");
const pinnedPath = join(pinnedFolder, "bin", process.platform === "win32" ? "node.exe" : "node");

/** Whether a version such as `v22.12.0` is new enough for the packages. */
export function isEnough(/** @type {string} */ version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

/**
 * The Node that everything but the set-up runs on: the pinned one of the npm package `node`, so that figures of
 * two machines differ by the machine; where that cannot be had, the running one if it is new enough.
 *
 * @returns {{ path: string, version: string, pinned: boolean } | undefined}
 */
export function programNode() {
  if (existsSync(pinnedPath)) return { path: pinnedPath, version: `v${pinnedVersion()}`, pinned: true };
  if (isEnough(process.version)) return { path: process.execPath, version: process.version, pinned: false };
  return undefined;
}

/** Like {@link programNode}. @throws SetupFailure where there is none */
export function requireProgramNode() {
  const node = programNode();
  if (node !== undefined) return node;
  throw new SetupFailure(
    `Node ${pinnedVersion()} could not be had from npm, and the running ${process.version} is older than ${LEAST.join(".")}.`,
    `Run again with a network, or install Node ${LEAST.join(".")} or newer.`,
  );
}

/** Whether the pinned Node is there and starts: a binary of the wrong libc or a torn file does not. */
export async function pinnedNodeWorks() {
  if (!existsSync(pinnedPath)) return false;
  try {
    const { stdout } = await promisify(execFile)(pinnedPath, ["--version"]);
    return stdout.trim() === `v${pinnedVersion()}`;
  } catch {
    return false;
  }
}

/** The version that the workspace asks for, such as `24.21.0`. */
export function pinnedVersion() {
  return JSON.parse(readFileSync(join(pinnedFolder, "package.json"), "utf8")).version;
}
