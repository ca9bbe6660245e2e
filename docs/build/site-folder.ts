import { randomBytes } from "node:crypto";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { namesIn } from "./names-in.ts";
import { SiteError } from "./site-error.ts";

/** What lies in the root of every site, and tells that a folder may be replaced. */
const MARK = "site.json";

/** What is the name of a file on every system, and leads nowhere else. */
const SAFE = /^(?!\.{1,2}$)[\w.~=,-]{1,200}$/;

/** A site while it is written: in a folder beside its own, which it takes the place of when it is whole. */
export class SiteFolder {
  readonly path: string;
  readonly #beside: string;
  #files = 0;

  private constructor(path: string) {
    this.path = path;
    this.#beside = join(dirname(path), `.site-${randomBytes(6).toString("hex")}`);
  }

  /** @throws SiteError where the folder holds something that is no site */
  static async begin(path: string): Promise<SiteFolder> {
    const folder = new SiteFolder(resolve(path));
    const there = await namesIn(folder.path);
    if (there.length > 0 && !there.includes(MARK))
      throw new SiteError(
        `${folder.path} holds files that are no site. Give a folder that is empty, or not there yet.`,
      );
    await mkdir(folder.#beside, { recursive: true });
    return folder;
  }

  get files(): number {
    return this.#files;
  }

  /** @param path from the root of the site */
  async write(path: string, text: string): Promise<void> {
    await writeFile(await this.#place(path), text);
  }

  /** @param path from the root of the site */
  async copy(from: string, path: string): Promise<void> {
    await copyFile(from, await this.#place(path));
  }

  /** Takes the place of what stood there before. */
  async finish(facts: object): Promise<void> {
    await this.write(MARK, `${JSON.stringify(facts, undefined, 2)}\n`);
    await rm(this.path, { recursive: true, force: true });
    await rename(this.#beside, this.path);
  }

  /** Leaves what stood there before as it was. */
  async discard(): Promise<void> {
    await rm(this.#beside, { recursive: true, force: true });
  }

  async #place(path: string): Promise<string> {
    const names = path.split("/");
    // Names come from run files, which anybody may have made.
    if (!names.every((name) => SAFE.test(name)))
      throw new SiteError(
        `“${path}” is no path that every system can hold. Leave out the run that it comes from.`,
      );
    const place = join(this.#beside, ...names);
    await mkdir(dirname(place), { recursive: true });
    this.#files++;
    return place;
  }
}
