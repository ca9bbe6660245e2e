import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "./usage-error.ts";

/**
 * Makes a folder that nobody else has: of two that make it at the same moment, one is refused.
 * @param what it is the folder of, with its article
 * @throws UsageError where it is there already
 */
export async function makeNewFolder(path: string, what: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path).catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be made: there may be ${what} with this id. Start again.`, {
      cause,
    });
  });
}
