import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Named after the process that it belongs to. */
const NAME = /^mnb-profile-(\d+)-/;

/** A browser's profile: fresh for each start, gone after its end. */
export interface Profile {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Removes those, too, that processes which are no more have left behind. */
export async function createProfile(within = tmpdir()): Promise<Profile> {
  await removeStale(within);
  const folder = await mkdtemp(join(within, `mnb-profile-${process.pid}-`));
  return { folder, remove: () => removeFolder(folder) };
}

async function removeStale(within: string): Promise<void> {
  for (const name of await readdir(within)) {
    const [, pid] = NAME.exec(name) ?? [];
    // Somebody else's is left to them.
    if (pid !== undefined && !isAlive(Number(pid))) await removeFolder(join(within, name)).catch(() => {});
  }
}

/** A browser's last processes write for a moment after it has ended. */
function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
