import { PackError, writePack, type Packed, type PackHooks } from "@mobilenet-bench/pack";
import { BACKEND_IDS, isBackendId, type BackendId } from "../backends.ts";
import { sourceCommit } from "../environment/commit.ts";
import { packsFolder } from "../folders.ts";
import { UsageError } from "../usage-error.ts";
import { ALWAYS, CONTENTS } from "./contents.ts";
import { PACK_FILE } from "./manifest.ts";

export interface MakePackSettings {
  /** The root of the clone. */
  readonly project: string;
  readonly backends: readonly BackendId[];
  readonly maxBytes: number;
  /** The archive; in `.mnb/packs` without this. */
  readonly output?: string;
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
  const ids = BACKEND_IDS.filter(isBackendId);
  try {
    return await writePack(
      {
        ...settings,
        project,
        backends: new Map(ids.map((id) => [id, CONTENTS[id]])),
        factsFile: PACK_FILE,
        chosen: ids.filter((id) => backends.includes(id) || ALWAYS.includes(id)),
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
