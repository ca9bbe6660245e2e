import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { exec, logTail } from "./exec.mjs";
import { SetupFailure } from "./failure.mjs";
import { logPath, root } from "./paths.mjs";
import { pinnedNodeWorks, pinnedVersion, programNode, requireProgramNode } from "./program-node.mjs";
import { Progress } from "./progress.mjs";
import { installKey, readRecord, workspaceFolders, writeRecord } from "./stamp.mjs";
import { cleanEnv } from "./tool-env.mjs";

/** Lies among the packages, so that it goes when they go. */
const stampPath = join(root, "node_modules", ".mobilenet-bench-install.json");

/** Whether an install was completed and nothing that decides about it has changed since. */
function isInstalled() {
  const stamp = readRecord(stampPath);
  return (
    stamp?.key === installKey(root) &&
    stamp.node === programNode()?.version &&
    workspaceFolders(root).every((folder) => existsSync(join(root, folder, "node_modules")))
  );
}

/** Whether the lock file, a manifest or a setting has changed since an install was completed. */
export function isInstallOutdated() {
  const stamp = readRecord(stampPath);
  // Where there is none, somebody else has installed the packages, and knows when to do it again.
  return stamp !== undefined && stamp.key !== installKey(root);
}

/** Which install this is; a later one, of the same packages too, has another id. */
export const installId = () => readRecord(stampPath)?.id;

/**
 * Brings the packages of the lock file and the pinned Node, unless they are there. The stamp goes before and comes
 * back after: an install that was killed on the way is done again.
 */
export async function install() {
  if (isInstalled()) return;
  rmSync(stampPath, { force: true });
  // A link to a Node that is not there yet would stand before the real one on the path of every script.
  for (const end of ["", ".cmd", ".ps1"])
    rmSync(join(root, "node_modules", ".bin", `node${end}`), { force: true });
  await installPackages();
  await installNode();
  const { version } = requireProgramNode();
  const key = installKey(root);
  writeRecord(stampPath, { key, node: version, id: `${Date.now()}-${process.pid}` });
}

/** Install scripts are left to {@link installNode}: the only one that is allowed brings Node, and may fail. */
async function installPackages() {
  const progress = new Progress("Installing packages");
  const flags = ["install", "--frozen-lockfile", "--ignore-scripts", "--config.confirmModulesPurge=false"];
  const { ok, how } = await pnpm("packages", flags, progress);
  if (ok) return progress.done();
  progress.failed(how);
  const tail = logTail(logPath("packages"));
  throw new SetupFailure(
    `The packages could not be installed.\n${tail}\n`,
    /ERR_PNPM_(OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH)/.test(tail)
      ? "The lock file does not fit the manifests: npx pnpm install renews it."
      : "Where the network is the reason, see to a proxy or the registry (npm config get registry), and run again.",
  );
}

async function installNode() {
  const progress = new Progress(`Installing Node ${pinnedVersion()}`);
  const { how } = await pnpm("node", ["rebuild", "node"], progress);
  if (await pinnedNodeWorks()) return progress.done();
  progress.failed(how);
  rmSync(join(root, "node_modules", "node", "bin"), { recursive: true, force: true });
  const { version } = requireProgramNode();
  process.stderr.write(
    `  Everything runs on the ${version} that is here instead; figures of other machines are of ${pinnedVersion()}.\n` +
      `  To try again, delete node_modules. What it said: ${relative(process.cwd(), logPath("node"))}\n`,
  );
}

/** Runs the pnpm that is installed, which needs no network, or else the one that npx brings. */
async function pnpm(
  /** @type {string} */ log,
  /** @type {readonly string[]} */ args,
  /** @type {Progress} */ progress,
) {
  const wanted = readRecord(join(root, "package.json")).packageManager;
  const own = join(root, "node_modules", "pnpm");
  const isThere = `pnpm@${readRecord(join(own, "package.json"))?.version}` === wanted;
  const [file, ...first] = isThere
    ? [process.execPath, join(own, "bin", "pnpm.cjs")]
    : ["npx", "--yes", wanted];
  return exec({
    file,
    args: [...first, ...args],
    // The script of the package `node` calls npm for one exact version: what is in npm's cache will do.
    env: { ...cleanEnv(), npm_config_prefer_offline: "true" },
    log: logPath(log),
    onLine: (line) => {
      if (!line.includes("Unsupported engine")) progress.update(line);
    },
  });
}
