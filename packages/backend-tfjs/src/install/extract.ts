import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";

/**
 * Writes the files with these names, wherever they are in the zip file, into `folder`.
 * @throws Error where one is missing or the archive is torn
 */
export async function extract(archive: string, names: readonly string[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const missing = new Set(names);
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = basename(entry.fileName);
      if (!missing.delete(name)) continue;
      await pipeline(
        await zip.openReadStreamPromise(entry),
        createWriteStream(join(folder, name), { mode: 0o755 }),
      );
    }
  } finally {
    zip.close();
  }
  if (missing.size > 0) throw new Error(`${archive} holds no ${[...missing].join(" and no ")}`);
}
