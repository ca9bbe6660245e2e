import { fileURLToPath } from "node:url";
import { execaNode } from "execa";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const BREAK = new URL("break-ts.mjs", import.meta.url).href;
const SHORTEN = new URL("shorten-quick.mjs", import.meta.url).href;

/** What Node is started with so that the protocol `quick` is as short as tests need. */
export const SHORT: readonly string[] = [`--import=${SHORTEN}`];

/** The command line as it is built. */
export function mnb(
  words: readonly string[],
  env: Record<string, string> = {},
  nodeOptions: readonly string[] = [],
) {
  return execaNode(MAIN, words, { reject: false, nodePath: process.execPath, nodeOptions, env });
}

/** The environment in which `ts` misbehaves, as `break-ts.mjs` names it, in every process. */
export function broken(how: string): Record<string, string> {
  return { NODE_OPTIONS: `--import=${BREAK}`, MNB_BROKEN: how };
}
