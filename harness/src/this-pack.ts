import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { rootFolder } from "./folders.ts";
import type { packSchema } from "./pack-schema.ts";

/** In the root of every pack: it marks the root, and says what the pack was made of. */
export const PACK_FILE = "pack.json";

/** What a pack says of itself: from which commit it is, and which backends it has. */
export type Pack = z.infer<typeof packSchema>;

/** The pack that this program runs from; null in a clone and in an installed package. */
export const thisPack = await readPack(rootFolder());

async function readPack(root: string | undefined): Promise<Pack | null> {
  if (root === undefined) return null;
  const path = join(root, PACK_FILE);
  const text = readFileIfAny(path);
  if (text === null) return null;
  // Large: every runner comes by here, and outside of packs none of them should wait for it.
  const { packSchema } = await import("./pack-schema.ts");
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
