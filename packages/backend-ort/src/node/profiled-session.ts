import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-common";
import { parseProfile } from "../profile.ts";
import type { Profiled, Use } from "../runtime.ts";

/** {@link Runtime.createProfiled}, where the library writes its profile to a file. */
export async function profiledSession(
  create: (options: InferenceSession.SessionOptions) => Promise<InferenceSession>,
  use: Use,
): Promise<Profiled> {
  // The library appends the time to the prefix and tells nobody the name: so a folder of its own.
  const folder = await mkdtemp(join(tmpdir(), "mobilenet-bench-ort-"));
  try {
    const session = await create({ enableProfiling: true, profileFilePrefix: join(folder, "profile") });
    try {
      await use(session);
      session.endProfiling();
      const files = await readdir(folder);
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
      return { session, nodes: texts.flatMap(parseProfile), deviceTimes: [] };
    } catch (error) {
      await session.release();
      throw error;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
