import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { SiteError } from "./site-error.ts";

const siteSchema = z.object({ files: z.array(z.string()) });

/**
 * The files that a site was written with, from its root; none of an empty folder.
 * @throws SiteError where the folder does not tell: then nothing can be told from what others put there
 */
export async function filesOfSite(folder: string, mark: string): Promise<ReadonlySet<string>> {
  if ((await readdir(folder)).length === 0) return new Set();
  try {
    return new Set(siteSchema.parse(JSON.parse(await readFile(join(folder, mark), "utf8"))).files);
  } catch (cause) {
    throw new SiteError(
      `The ${mark} that stands there does not tell which files are the site's. Delete the folder, or give another one.`,
      { cause },
    );
  }
}

/**
 * Copies what lies among the files of an old site and is none of them into the new one: a host's settings, a folder of git's.
 * Folders and names are from the root of each.
 * @throws SiteError where the new site has a file of that name
 */
export async function copyOthers(
  from: string,
  old: ReadonlySet<string>,
  to: string,
  site: ReadonlySet<string>,
): Promise<void> {
  const folders = new Set([...old, ...site].flatMap(foldersAbove));
  const copyFrom = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(from, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (old.has(path) && !entry.isDirectory()) continue;
      if (entry.isDirectory() && folders.has(path)) await copyFrom(path);
      else await copyOne(path);
    }
  };
  const copyOne = async (path: string): Promise<void> => {
    if (site.has(path) || folders.has(path))
      throw new SiteError(`${path} is none of the old site's, and in the way of the new one. Move it away.`);
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(from, path), join(to, path), { recursive: true, verbatimSymlinks: true });
  };
  await copyFrom("");
}

/** `a` and `a/b` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const names = path.split("/");
  return names.slice(1).map((_, i) => names.slice(0, i + 1).join("/"));
}
