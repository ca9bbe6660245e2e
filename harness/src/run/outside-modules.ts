import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { outsideModuleSchema, type OutsideModule } from "@mobilenet-bench/results";
import { z } from "zod";
import type { PlannedCell } from "../plan/cell.ts";
import { NAMED_BACKENDS } from "../registry/backends.ts";
import { fromOutside, type NamedBackend } from "../registry/named-backend.ts";
import { UsageError } from "../usage-error.ts";

/** The modules of backends from outside, by the backends' ids: where they lie, and what they are. */
export const outsideModulesSchema = z.record(z.string(), outsideModuleSchema.extend({ url: z.url() }));
type OutsideModules = z.infer<typeof outsideModulesSchema>;

const MANIFEST = "package.json";
const manifestSchema = z.object({ name: z.string(), version: z.string().optional() });

/**
 * The modules of the cells' backends, as they are now.
 * @throws UsageError where one cannot be read
 */
export async function modulesOf(cells: readonly PlannedCell[]): Promise<OutsideModules> {
  const urls = new Map(
    cells.flatMap(({ from: { id, module } }) => (module === undefined ? [] : [[id, module] as const])),
  );
  const read = [...urls].map(async ([id, url]) => [id, { url, ...(await readModule(url)) }] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** The backends of this program, and those of the modules. */
export function backendsWith(modules: OutsideModules): NamedBackend[] {
  return [...NAMED_BACKENDS, ...Object.entries(modules).map(([id, { url }]) => fromOutside(id, url))];
}

/**
 * Whether what is measured now may stand beside what was measured then.
 * @param what began with the modules
 * @throws UsageError where one has changed since, or cannot be read
 */
export async function refuseOtherModules(
  modules: OutsideModules,
  what: "run" | "calibration",
): Promise<void> {
  for (const [id, then] of Object.entries(modules)) {
    const now = await readModule(then.url);
    if (now.sha256 !== then.sha256 || now.package !== then.package)
      throw new UsageError(
        `${fileURLToPath(then.url)}, the module of ${id}, has changed since the ${what} began. Restore it, or start a new ${what}.`,
      );
  }
}

/** What a run file tells of them: not where they lie on this machine. */
export function withoutUrls(modules: OutsideModules): Record<string, OutsideModule> {
  return Object.fromEntries(
    Object.entries(modules).map(([id, module]) => [id, outsideModuleSchema.parse(module)] as const),
  );
}

async function readModule(url: string): Promise<OutsideModule> {
  const path = fileURLToPath(url);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`The module ${path} cannot be read. Restore it, or leave its backend out.`, {
      cause,
    });
  });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const root = packageFolder(dirname(path));
  const manifest = manifestSchema.safeParse(root && JSON.parse(await readFile(join(root, MANIFEST), "utf8")));
  if (root === undefined || !manifest.success) return { file: basename(path), sha256 };
  const { name, version } = manifest.data;
  return {
    file: relative(root, path).split(sep).join("/"),
    package: version === undefined ? name : `${name}@${version}`,
    sha256,
  };
}

/** The nearest folder with a manifest, this one or above it: what Node takes for the package. */
function packageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, MANIFEST))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : packageFolder(above);
}
