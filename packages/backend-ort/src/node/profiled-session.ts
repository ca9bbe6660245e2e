import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-common";
import { parseProfile, type NodeRun } from "../profile.ts";

/**
 * Creates a session that profiles itself, gives it to `use`, and ends profiling, from when on the session runs
 * exactly as one that never did.
 * @returns the session and what its profile says of every node that `use` made it run
 */
export async function profiledSession(
  create: (profiling: InferenceSession.SessionOptions) => Promise<InferenceSession>,
  use: (session: InferenceSession) => Promise<unknown>,
): Promise<{ session: InferenceSession; nodes: NodeRun[] }> {
  // The library adds the time to the prefix and keeps the name to itself: so a folder of its own.
  const folder = await mkdtemp(join(tmpdir(), "mobilenet-bench-ort-"));
  try {
    const session = await create({ enableProfiling: true, profileFilePrefix: join(folder, "profile") });
    try {
      await use(session);
      session.endProfiling();
      const texts = (await readdir(folder)).map((file) => readFile(join(folder, file), "utf8"));
      return { session, nodes: (await Promise.all(texts)).flatMap(parseProfile) };
    } catch (error) {
      await session.release();
      throw error;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
