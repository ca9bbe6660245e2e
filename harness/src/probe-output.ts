import { probeFile, probeFolder, WriteError } from "@mobilenet-bench/files";
import { UsageError } from "./usage-error.ts";

/**
 * Whether what a command is to leave can be written where it was told: asked before anything long begins.
 * @throws UsageError where it cannot
 */
export async function probeOutput(path: string, kind: "file" | "folder"): Promise<void> {
  try {
    await (kind === "file" ? probeFile(path) : probeFolder(path));
  } catch (error) {
    if (error instanceof WriteError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
