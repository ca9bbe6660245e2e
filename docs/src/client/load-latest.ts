import { decodeLatest, SiteDataError } from "../data/decode-latest.ts";
import type { Latest } from "../data/latest.ts";
import type { SiteState } from "../state/site-state.ts";

/** Where the figures of a state lie, from the root of the site. */
export function dataPath({ run, machine }: Pick<SiteState, "run" | "machine">, usual: string): string {
  return run === undefined ? `data/latest/${machine ?? usual}.json` : `data/run/${run}.json`;
}

/**
 * Loads figures once; a path that failed is tried again.
 * @throws SiteDataError where it cannot be had, or is none of this site's
 */
export function latestLoader(root: string, get: typeof fetch): (path: string) => Promise<Latest> {
  const loaded = new Map<string, Promise<Latest>>();
  return (path) => {
    const known = loaded.get(path);
    if (known) return known;
    const loading = load(root, path, get);
    loaded.set(path, loading);
    loading.catch(() => loaded.delete(path));
    return loading;
  };
}

async function load(root: string, path: string, get: typeof fetch): Promise<Latest> {
  const response = await get(root + path).catch((cause: unknown) => {
    throw new SiteDataError(`${path} could not be loaded. Check the connection.`, { cause });
  });
  if (!response.ok)
    throw new SiteDataError(
      `${path} could not be loaded (${response.status}). Leave machine and run out of the address.`,
    );
  const json: unknown = await response.json().catch((cause: unknown) => {
    throw new SiteDataError(`${path} is torn. Load the page again.`, { cause });
  });
  return decodeLatest(json, path);
}
