import { copyFile, rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { NATIVE_FOLDERS } from "../node/installation.ts";
import { messageOf, type Context } from "./context.ts";
import { runTool } from "./tool.ts";

const ORDINARY_MS = 300_000;
const PROBE_MS = 10_000;
/** Where the package's own install script gets TensorFlow from. */
const HOST = "https://storage.googleapis.com/tensorflow/";

/** The package's own way: its install script downloads TensorFlow's library and a prebuilt addon into its folder. */
export async function runInstallScript(context: Context): Promise<void> {
  const { folder, env, log } = context;
  log.say("the ordinary install: the package's own install script");
  await requireReachable(env);
  await ownCopy(join(folder, "package.json"));
  const bin = join(folder, "node_modules", ".bin");
  // Windows spells it Path.
  const path = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  await runTool(
    { ...context, env: { ...env, [path]: [bin, env[path]].join(delimiter) } },
    process.execPath,
    [join("scripts", "install.js")],
    { cwd: folder, timeoutMs: ORDINARY_MS },
  );
}

/** Takes away what a script that failed has left. */
export async function removeNative(folder: string) {
  for (const name of [...NATIVE_FOLDERS, "build"])
    await rm(join(folder, name), { recursive: true, force: true });
}

/** The script rewrites this file in its place, and pnpm's files are links into the store that all projects share. */
async function ownCopy(path: string) {
  await copyFile(path, `${path}.own`);
  await rename(`${path}.own`, path);
}

/** The script itself would wait for minutes behind a firewall that answers nothing. It goes through a proxy, we do not. */
async function requireReachable(env: NodeJS.ProcessEnv) {
  if (env["HTTPS_PROXY"] ?? env["https_proxy"] ?? env["TFJS_NODE_CDN_STORAGE"]) return;
  try {
    await fetch(HOST, { method: "HEAD", signal: AbortSignal.timeout(PROBE_MS) });
  } catch (cause) {
    const { cause: why } = cause instanceof Error ? cause : {};
    throw new Error(`${HOST} cannot be reached (${messageOf(why ?? cause)})`, { cause });
  }
}
