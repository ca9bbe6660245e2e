import { UnsupportedError } from "../errors.ts";

/**
 * What `load` gives, for libraries that wait for ever for workers of theirs that a content security policy forbids.
 * @param backend its id
 * @throws UnsupportedError as soon as a worker is forbidden
 */
export async function unlessWorkersAreBlocked<T>(
  backend: string,
  load: () => Promise<T>,
  events: object = globalThis,
): Promise<T> {
  // Node has no such events.
  const page = events instanceof EventTarget ? events : undefined;
  const watching = new AbortController();
  const blocked = new Promise<never>((...[, reject]) => {
    const tell = (event: Event) => {
      if (Reflect.get(event, "effectiveDirective") !== "worker-src") return;
      const source = String(Reflect.get(event, "blockedURI")).startsWith("blob") ? "blob:" : "'self'";
      const reason = "The content security policy of this page forbids the library's workers.";
      const remedy = `Add ${source} to its worker-src, or use threads=1.`;
      reject(new UnsupportedError(`backend-${backend}`, reason, remedy));
    };
    page?.addEventListener("securitypolicyviolation", tell, { signal: watching.signal });
  });
  try {
    return await Promise.race([load(), blocked]);
  } finally {
    watching.abort();
  }
}
