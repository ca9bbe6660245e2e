import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TFJS_NODE_VERSION } from "../node/installation.ts";
import { InstallError, messageOf, type Context } from "./context.ts";
import { runTool } from "./tool.ts";

/** Declares Node-API without the rest of Node's headers, which are a download of their own. */
const HEADERS = "node-api-headers@1.9.0";
const PACKAGES_MS = 300_000;
const ORDINARY_MS = 300_000;
const PROBE_MS = 10_000;
/** Where the package's own install script gets TensorFlow from. */
const HOST = "https://storage.googleapis.com/tensorflow/";

export const headersOf = (tree: string) => join(tree, "node_modules", "node-api-headers", "include");

/** The JavaScript side, without running install scripts. */
export async function installPackages(context: Context): Promise<void> {
  const { tree, log } = context;
  log.say(`npm install @tensorflow/tfjs-node ${TFJS_NODE_VERSION}`);
  await mkdir(tree, { recursive: true });
  await writeFile(join(tree, "package.json"), '{ "private": true }\n');
  const packages = [`@tensorflow/tfjs-node@${TFJS_NODE_VERSION}`, HEADERS];
  try {
    await runTool(
      context,
      "npm",
      ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", ...packages],
      { cwd: tree, timeoutMs: PACKAGES_MS },
    );
  } catch (cause) {
    throw new InstallError(
      `npm could not install @tensorflow/tfjs-node (${messageOf(cause).split("\n")[0]}).`,
      "Check that npm is installed and reaches its registry, then run ./mnb doctor --fix.",
      { cause },
    );
  }
}

/** The package's own way: its install script downloads TensorFlow's library and a prebuilt addon. */
export async function runInstallScript(context: Context): Promise<void> {
  context.log.say("the ordinary install: the package's own install script");
  await requireReachable(context.env);
  await runTool(context, "npm", ["rebuild", "--foreground-scripts", "@tensorflow/tfjs-node"], {
    cwd: context.tree,
    timeoutMs: ORDINARY_MS,
  });
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
