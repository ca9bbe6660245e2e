import { fileURLToPath } from "node:url";
import { messageOf, type Context } from "./context.ts";
import { runTool } from "./tool.ts";

const PROVE_MS = 120_000;
const CHECK = fileURLToPath(new URL("check-package.js", import.meta.url));

/**
 * Loads what was installed, in a process of its own since a wrong library may crash it, and lets it compute.
 * @returns TensorFlow's version, as the library reports it
 * @throws Error where it does not load, or a layer is wrong
 */
export async function provePackage(context: Context): Promise<string> {
  const { log } = context;
  log.say("checking the library: its version, and a network against the float64 reference");
  try {
    const output = await runTool(context, process.execPath, [CHECK], { timeoutMs: PROVE_MS });
    const version = /^TensorFlow (\S+) computes correctly$/m.exec(output)?.[1];
    if (version === undefined) throw new Error(output);
    return version;
  } catch (cause) {
    throw new Error(`what was installed does not work: ${messageOf(cause)}`, { cause });
  }
}
