import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { PACKAGE_FOLDER } from "./package-folder.ts";
import { SiteError } from "./site-error.ts";

const chunkSchema = z.object({
  file: z.string(),
  css: z.array(z.string()).default([]),
  imports: z.array(z.string()).default([]),
  dynamicImports: z.array(z.string()).default([]),
});
const manifestSchema = z.record(z.string(), chunkSchema);

const ENTRY = "src/client/main.ts";

/** What Vite made of the script and the styles of the pages. */
export interface ClientBundle {
  /** Where its files lie; paths below are from here, and from the root of a site. */
  readonly folder: string;
  readonly files: readonly string[];
  /** The script that every page has. */
  readonly entry: string;
  /** All styles, for the head of every page. */
  readonly style: string;
  /** The scripts that a page loads: the entry, and what it imports for that page where it is a live one. */
  readonly scriptsOf: (page: string | undefined) => readonly string[];
}

/** @throws SiteError where it is not built */
export async function readClientBundle(
  folder = join(PACKAGE_FOLDER, "dist", "client"),
): Promise<ClientBundle> {
  const manifest = manifestSchema.parse(JSON.parse(await readBuilt(join(folder, "manifest.json"))));
  const chunks = Object.values(manifest);
  const entry = manifest[ENTRY];
  if (!entry) throw notBuilt(folder);
  const styles = new Set(
    chunks.flatMap(({ file, css }) => [file, ...css]).filter((file) => file.endsWith(".css")),
  );
  const texts = await Promise.all([...styles].map((file) => readBuilt(join(folder, file))));
  const scripts = chunks.map(({ file }) => file).filter((file) => file.endsWith(".js"));
  return {
    folder,
    files: [...new Set(scripts)],
    entry: entry.file,
    style: texts.join("\n"),
    scriptsOf(page) {
      const live = entry.dynamicImports.filter((key) => key.endsWith(`/pages/${page ?? ""}.tsx`));
      return [...closure([ENTRY, ...live], manifest)].flatMap((key) => manifest[key]?.file ?? []);
    },
  };
}

/** Those and what they import, without what they load on demand. */
function closure(keys: readonly string[], manifest: z.infer<typeof manifestSchema>): Set<string> {
  const reached = new Set<string>();
  const queue = [...keys];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (reached.has(key)) continue;
    reached.add(key);
    queue.push(...(manifest[key]?.imports ?? []));
  }
  return reached;
}

async function readBuilt(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw notBuilt(path, cause);
  }
}

function notBuilt(path: string, cause?: unknown): SiteError {
  return new SiteError(`${path} is not built. Run npm run build.`, { cause });
}
