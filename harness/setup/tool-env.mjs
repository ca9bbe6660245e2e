import { delimiter, dirname, join } from "node:path";
import { root } from "./paths.mjs";

/**
 * The environment for the tools of the workspace: their own folder and the program's Node come first on the path,
 * and nobody phones home.
 *
 * @param {{ path: string, version: string, pinned: boolean }} node
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv(node) {
  const env = cleanEnv();
  // Windows spells it Path, and two spellings at once are undefined behaviour there.
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  env[name] = [join(root, "node_modules", ".bin"), dirname(node.path), env[name]].join(delimiter);
  env.TURBO_TELEMETRY_DISABLED = "1";
  env.TURBO_NO_UPDATE_NOTIFIER = "1";
  // Some tools colour wherever there is a continuous integration.
  if (!process.stdout.isTTY && env.FORCE_COLOR === undefined) env.NO_COLOR = "1";
  // Cached results belong to the Node that made them; the pinned one is known by the lock file.
  if (!node.pinned) env.MNB_NODE_VERSION = node.version;
  return env;
}

/**
 * This process's environment without what `npm start` adds for its own script: a nested package manager would take
 * `npm --silent` or the name of the outer script for its own.
 */
export function cleanEnv() {
  const added =
    /^npm_(lifecycle|package)_|^npm_(command|execpath|node_execpath|config_loglevel)$|^NODE_PATH$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));
}
