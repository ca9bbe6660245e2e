import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Paths of the run files in a folder; none where it does not exist. */
export async function runFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
}
