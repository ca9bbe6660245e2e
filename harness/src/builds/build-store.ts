import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { readValidated, writeValidated } from "@mobilenet-bench/results/store";
import lockfile from "proper-lockfile";
import { z } from "zod";

/** Stands in a folder whose build is whole. */
const RECORD = "build.json";
const recordSchema = z.object({
  key: z.string(),
  builtAt: z.iso.datetime(),
  /** Native packages differ, and a folder can be shared between machines. */
  platform: z.string(),
});

/** A gigabyte each, half of it TensorFlow's native library; the packages are hard links into pnpm's store. */
const MOST_BUILDS = 4;
/** A build is in use as long as its record is touched. */
const BEAT_MS = 60_000;
const IN_USE_MS = 5 * BEAT_MS;
const WAIT_MS = 500;

/** Where builds are kept, and how many. */
export interface BuildStoreOptions {
  readonly folder: string;
  readonly most?: number;
  readonly platform?: string;
  readonly now?: () => number;
  /** Is told what a user may wait for. */
  readonly say?: (text: string) => void;
}

/** Builds by what they are made of: each is made once, kept, and removed when others were wanted since. */
export class BuildStore {
  readonly #folder: string;
  readonly #most: number;
  readonly #platform: string;
  readonly #now: () => number;
  readonly #say: (text: string) => void;

  constructor({
    folder,
    most = MOST_BUILDS,
    platform = `${process.platform}-${process.arch}`,
    now = Date.now,
    say = () => {},
  }: BuildStoreOptions) {
    this.#folder = folder;
    this.#most = most;
    this.#platform = platform;
    this.#now = now;
    this.#say = say;
  }

  /**
   * The folder of a build, made where there is none. One at a time is made, in whichever process: the others wait. What
   * fails on the way or is killed leaves nothing that would be taken for a build.
   * @param key what the build is made of, as the name of a folder
   * @param make fills the folder, which is there and empty
   * @throws what `make` throws
   */
  async obtain(key: string, make: (folder: string) => Promise<void>): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const release = await this.#lock();
    try {
      const folder = join(this.#folder, key);
      if (!(await this.#isWhole(folder, key))) {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder);
        try {
          await make(folder);
          const builtAt = new Date(this.#now()).toISOString();
          await writeValidated(join(folder, RECORD), recordSchema, {
            key,
            builtAt,
            platform: this.#platform,
          });
        } catch (error) {
          await rm(folder, { recursive: true, force: true });
          throw error;
        }
      }
      await this.#touch(folder);
      await this.#removeOldest(key);
      this.#useWhileAlive(folder);
      return folder;
    } finally {
      await release();
    }
  }

  async #lock(): Promise<() => Promise<void>> {
    for (let told = false; ; told = true) {
      try {
        // A holder that was killed stops touching its lock, and is taken over after ten seconds.
        return await lockfile.lock(this.#folder);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ELOCKED")) throw error;
        if (!told) this.#say("Another process is building a version to compare; waiting for it.");
        await setTimeout(WAIT_MS);
      }
    }
  }

  async #isWhole(folder: string, key: string): Promise<boolean> {
    const path = join(folder, RECORD);
    if (!existsSync(path)) return false;
    const record = await readValidated(path, recordSchema);
    return record.key === key && record.platform === this.#platform;
  }

  async #touch(folder: string): Promise<void> {
    const now = new Date(this.#now());
    await utimes(join(folder, RECORD), now, now);
  }

  #useWhileAlive(folder: string): void {
    // Where somebody has removed it, whoever opens a runner of it will say so.
    setInterval(() => void this.#touch(folder).catch(() => {}), BEAT_MS).unref();
  }

  /** Those that were not wanted for the longest time, and that nobody uses. */
  async #removeOldest(kept: string): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name !== kept);
    const builds = await Promise.all(
      names.map(async (name) => {
        const folder = join(this.#folder, name);
        // Without a record it is what a killed process left behind: only the holder of the lock makes any.
        const usedMs = await stat(join(folder, RECORD)).then(
          ({ mtimeMs }) => mtimeMs,
          () => -Infinity,
        );
        return { folder, usedMs };
      }),
    );
    const newestFirst = builds.toSorted((a, b) => b.usedMs - a.usedMs);
    const unused = newestFirst
      .filter(({ usedMs }, index) => index >= this.#most - 1 || usedMs === -Infinity)
      .filter(({ usedMs }) => this.#now() - usedMs > IN_USE_MS);
    for (const { folder } of unused) await rm(folder, { recursive: true, force: true });
  }
}
