import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, mkdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isDeviceName } from "../src/state/cell-path.ts";
import { copyOthers, filesOfSite } from "./others-files.ts";
import { namesIn } from "./names-in.ts";
import { SiteError } from "./site-error.ts";

/** What lies in the root of every site, and names its files: they may be replaced, and nothing else. */
const MARK = "site.json";

/** What is the name of a file on every system, and leads nowhere else. */
const SAFE = /^[\w.~=,-]{0,199}[\w~=,-]$/;

/** A site while it is written: in a folder beside its own, which it takes the place of when it is whole. */
export class SiteFolder {
  readonly path: string;
  readonly #beside: string;
  /** As systems see them that hold capitals for small letters. */
  readonly #paths = new Map<string, string>();

  private constructor(path: string) {
    this.path = path;
    this.#beside = join(dirname(path), `.site-${randomBytes(6).toString("hex")}`);
  }

  /** @throws SiteError where the folder holds something that is no site */
  static async begin(path: string): Promise<SiteFolder> {
    // A link stays a link.
    const folder = new SiteFolder(await realpath(path).catch(() => resolve(path)));
    const there = await namesIn(folder.path).catch((cause: unknown) => {
      throw new SiteError(`${folder.path} cannot be read. Give a folder that is empty, or not there yet.`, {
        cause,
      });
    });
    if (there.length > 0 && !there.includes(MARK))
      throw new SiteError(
        `${folder.path} holds files that are no site. Give a folder that is empty, or not there yet.`,
      );
    await mkdir(folder.#beside, { recursive: true }).catch((cause: unknown) => {
      throw new SiteError(`Nothing can be written into ${dirname(folder.path)}. Give another folder.`, {
        cause,
      });
    });
    return folder;
  }

  get files(): number {
    return this.#paths.size;
  }

  /** @param path from the root of the site */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    await writeFile(await this.#place(path), content);
  }

  /** @param path from the root of the site */
  async copy(from: string, path: string): Promise<void> {
    // Where the file system can, both share their bytes.
    await copyFile(from, await this.#place(path), constants.COPYFILE_FICLONE);
  }

  /**
   * Takes the place of the site that stood there before; files in it that are none of that site's stay.
   * @throws SiteError where one of them is in the way; then all is as it was before
   */
  async finish(facts: object): Promise<void> {
    const files = [...this.#paths.values(), MARK].toSorted();
    await this.write(MARK, `${JSON.stringify({ ...facts, files }, undefined, 2)}\n`);
    const aside = `${this.#beside}-before`;
    // Where another build comes between the two, its site is the one that stood there before.
    for (let isThere = false; !isThere;) {
      if (await renamed(this.path, aside, "ENOENT"))
        try {
          await copyOthers(aside, await filesOfSite(aside, MARK), this.#beside, new Set(files));
        } catch (error) {
          await rename(aside, this.path);
          throw error;
        }
      isThere = await renamed(this.#beside, this.path, "ENOTEMPTY", "EEXIST");
      await rm(aside, { recursive: true, force: true });
    }
  }

  /** Leaves what stood there before as it was. */
  async discard(): Promise<void> {
    await rm(this.#beside, { recursive: true, force: true });
  }

  async #place(path: string): Promise<string> {
    const names = path.split("/");
    // Names come from run files, which anybody may have made.
    if (!names.every((name) => SAFE.test(name) && !isDeviceName(name)))
      throw new SiteError(
        `“${path}” is no path that every system can hold. Leave out the run that it comes from.`,
      );
    const key = path.toLowerCase();
    const same = this.#paths.get(key);
    if (same !== undefined)
      throw new SiteError(
        `“${path}” and “${same}” are one file on some systems. Leave out one of the runs that they come from.`,
      );
    this.#paths.set(key, path);
    const place = join(this.#beside, ...names);
    await mkdir(dirname(place), { recursive: true });
    return place;
  }
}

/** Whether it was; not where that failed for one of those reasons. */
async function renamed(from: string, to: string, ...reasons: readonly string[]): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && reasons.some((reason) => reason === error.code))
      return false;
    throw error;
  }
}
