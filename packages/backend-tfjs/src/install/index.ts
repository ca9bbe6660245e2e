import { installTfjsNode } from "./install-tfjs-node.ts";
import type { Say } from "./install-log.ts";

export { DEFAULT_DIRECTORY, logOf, type InstallRecord } from "../node/installation.ts";
export type { Say } from "./install-log.ts";
export { installTfjsNode, type InstallOptions, type InstallResult } from "./install-tfjs-node.ts";

/**
 * {@link installTfjsNode} for a set-up of optional parts.
 * @returns what there is now: "TensorFlow 2.13.1 (wheel tensorflow_cpu-2.13.1)"
 * @throws Error whose message is the reason
 */
export async function install(say: Say): Promise<string> {
  const result = await installTfjsNode({ say });
  if (result.status === "failed") throw new Error(`${result.reason} ${result.remedy}`);
  return `TensorFlow ${result.tensorflow} (${result.source})`;
}
