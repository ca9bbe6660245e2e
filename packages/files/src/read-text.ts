import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

/** A file that has more bytes than its reader allows. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";

  constructor(path: string, maxBytes: number) {
    super(`[files] ${path} has more than ${Math.floor(maxBytes / 2 ** 20)} MiB. Give a smaller file.`);
  }
}

/**
 * The text of a file in UTF-8. What has no end (a device) is given up at the limit.
 * @throws TooLargeError, or what the system says
 */
export async function readText(path: string, maxBytes: number): Promise<string> {
  // What tells its size need not be read to be refused.
  if ((await stat(path)).size > maxBytes) throw new TooLargeError(path, maxBytes);
  const parts: Buffer[] = [];
  let bytes = 0;
  // One byte more than allowed tells that there are more.
  for await (const part of createReadStream(path, { end: maxBytes })) {
    parts.push(part);
    bytes += part.length;
  }
  if (bytes > maxBytes) throw new TooLargeError(path, maxBytes);
  return Buffer.concat(parts).toString("utf8");
}
