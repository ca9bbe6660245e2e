import { PackError, writePack, type Packed, type PackHooks } from "@mobilenet-bench/pack";
import { BACKENDS, BACKEND_IDS, packedUnasked, type BackendId } from "../registry/backends.ts";
import { sourceCommit } from "../environment/commit.ts";
import { packsFolder } from "../folders.ts";
import { UsageError } from "../usage-error.ts";
import { PACK_FILE } from "../this-pack.ts";

/** What to pack, and how large it may get. */
export interface MakePackSettings {
  /** The root of the clone. */
  readonly project: string;
  readonly backends: readonly BackendId[];
  readonly maxBytes: number;
  /** The archive; in `.mnb/packs` without this. */
  readonly output?: string;
  /** Of zlib, from 1 to 9, which it is without this. */
  readonly level?: number;
}

/**
 * Packs a clone with the backends and those without which nothing runs.
 * @throws UsageError where that cannot be done here, or the archive would be too large
 * @throws WriteError where it does not fit
 */
export async function makePack(
  { project, backends, ...settings }: MakePackSettings,
  hooks: PackHooks,
): Promise<Packed> {
  try {
    return await writePack(
      {
        ...settings,
        project,
        backends: new Map(BACKEND_IDS.map((id) => [id, BACKENDS[id].pack])),
        factsFile: PACK_FILE,
        chosen: BACKEND_IDS.filter((id) => backends.includes(id) || packedUnasked(id) === "always"),
        source: await sourceCommit(project),
        folder: packsFolder(),
      },
      hooks,
    );
  } catch (error) {
    if (error instanceof PackError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
