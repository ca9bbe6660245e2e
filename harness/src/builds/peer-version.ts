import { BACKEND_IDS, BACKENDS, isBackendId } from "../registry/backends.ts";
import { UsageError } from "../usage-error.ts";

/** A backend's library in another version than the checkout has. */
export interface PeerVersion {
  /** The backend that was named. */
  readonly backend: string;
  /** npm packages that change together. */
  readonly packages: readonly string[];
  /** As the registry of packages takes it: `1.29.0`, or `1.29` for the latest of these. */
  readonly version: string;
}

const FORM = /^([a-z0-9-]+)@(\d+(?:\.\d+){0,2}(?:-[\w.-]+)?)$/;

/**
 * `ort-node@1.29.0` as what it says.
 * @returns undefined where the word has another form, or what stands before the `@` is no backend
 * @throws UsageError where the backend has no library of others
 */
export function parsePeerVersion(word: string): PeerVersion | undefined {
  const [, backend, version] = FORM.exec(word) ?? [];
  if (backend === undefined || version === undefined || !isBackendId(backend)) return undefined;
  const packages = BACKENDS[backend].library;
  if (packages) return { backend, packages, version };
  const peers = BACKEND_IDS.filter((id) => BACKENDS[id].library);
  throw new UsageError(
    `${backend} is made of this project's own sources, which have no versions. Name a git ref, or a version of ${peers.join(", ")}.`,
  );
}
