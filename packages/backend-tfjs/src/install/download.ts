import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Archive } from "./archives.ts";
import type { Say } from "./install-log.ts";

/** A server that sends nothing for so long is given up. */
const SILENCE_MS = 30_000;
const MB = 1e6;

/**
 * Downloads an archive to `path`, saying every tenth.
 * @throws Error where the server cannot be reached or falls silent, or the content is another one
 */
export async function download(
  { url, checksum }: Omit<Archive, "kind">,
  path: string,
  say: Say,
): Promise<void> {
  const abort = new AbortController();
  const giveUp = () => abort.abort(new Error(`nothing came for ${SILENCE_MS / 1000} s`));
  let timer = setTimeout(giveUp, SILENCE_MS);
  const hash = createHash(checksum.algorithm);
  const file = await open(path, "w");
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`the server answers ${response.status}`);
    const total = Number(response.headers.get("content-length"));
    let received = 0;
    let tenths = 0;
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
      hash.update(chunk);
      await file.writeFile(chunk);
      received += chunk.length;
      if (total > 0 && Math.floor((received / total) * 10) > tenths) {
        tenths = Math.floor((received / total) * 10);
        say(`downloaded ${Math.round(received / MB)} of ${Math.round(total / MB)} MB`);
      }
    }
  } catch (cause) {
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw new Error(`${url} cannot be downloaded: ${why instanceof Error ? why.message : String(why)}`, {
      cause,
    });
  } finally {
    clearTimeout(timer);
    await file.close();
  }
  const hex = hash.digest("hex");
  if (hex !== checksum.hex)
    throw new Error(`${url} has ${checksum.algorithm} ${hex} instead of ${checksum.hex}: it is another file`);
}
