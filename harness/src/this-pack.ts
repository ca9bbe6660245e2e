import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { rootFolder } from "./folders.ts";

/** In the root of every pack: it marks the root, and says what the pack was made of. */
export const PACK_FILE = "pack.json";

const packSchema = z.object({
  /** Of the source; null where it was no git checkout. */
  commit: z.string().nullable(),
  dirty: z.boolean().nullable(),
  /** Version of the Node inside. */
  node: z.string(),
  platform: z.string(),
  backends: z.array(z.string()),
});

/** What a pack says of itself: from which commit it is, and which backends it has. */
export type Pack = z.infer<typeof packSchema>;

/** The pack that this program runs from; null in a clone and in an installed package. */
export const thisPack = readPack(rootFolder());

function readPack(root: string | undefined): Pack | null {
  if (root === undefined) return null;
  const path = join(root, PACK_FILE);
  const text = readFileIfAny(path);
  if (text === null) return null;
  try {
    return packSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`[harness] ${path} is torn. Unpack the archive again.`, { cause });
  }
}

function readFileIfAny(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
