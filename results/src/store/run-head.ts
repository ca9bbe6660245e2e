import { open } from "node:fs/promises";

const HEAD_BYTES = 512;

/**
 * The id of the run in a file, from its beginning alone, since files may be large and there may be many. Undefined where
 * none stands there; a file may be torn all the same: reading it as a run tells.
 */
export async function runIdIn(path: string): Promise<string | undefined> {
  const [, id] = /^\s*\{\s*"schema":\s*\d+,\s*"id":\s*"([^"\\]*)"/.exec(await readHead(path)) ?? [];
  return id;
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
