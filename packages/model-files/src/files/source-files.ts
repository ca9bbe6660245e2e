import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import path from "node:path";
import { ModelFileError } from "../error.ts";

/** Bytes that all files of one model may have together: the largest of the paper's (`_conv` at α = 1) has 117 MB. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;

export interface Range {
  readonly offset: number;
  /** To the end of the file where left out. */
  readonly length?: number;
}

/**
 * The files of one model: what it reads stays inside one folder, is checked for its size before memory is taken,
 * and counts towards one hash.
 */
export class SourceFiles {
  readonly #folder: string;
  readonly #hash = createHash("sha256");
  #left: number;

  /** @param folder where the model's first file lies; whatever that file names must lie in it too */
  constructor(folder: string, maxBytes = MAX_TOTAL_BYTES) {
    this.#folder = folder;
    this.#left = maxBytes;
  }

  /** The hash of all bytes read, in the order of reading. Call it once, at the end. */
  sha256(): string {
    return this.#hash.digest("hex");
  }

  /**
   * Reads a file, or a part of it. The name comes from the user or out of a model file, so it may be anything.
   * @param name relative to the folder, with "/" between its parts
   * @throws ModelFileError where it leads out of the folder, is no plain file, cannot be read, ends before the
   * range does, or is larger than what is left of the limit
   */
  async read(name: string, range?: Range): Promise<Uint8Array<ArrayBuffer>> {
    const file = await openPlainFile(await this.#resolve(name), name);
    try {
      const { size } = await file.stat();
      const { offset, length } = validRange(name, size, range);
      this.#spend(name, length);
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0)
          throw new ModelFileError(
            `"${name}" became shorter while it was read`,
            "Try again once it is written",
          );
        filled += bytesRead;
      }
      this.#hash.update(bytes);
      return bytes;
    } finally {
      await file.close();
    }
  }

  /** The first bytes of a file, at most as many as asked for, which count towards nothing. */
  async peek(name: string, length: number): Promise<Uint8Array> {
    const file = await openPlainFile(await this.#resolve(name), name);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  #spend(name: string, bytes: number) {
    if (bytes > this.#left)
      throw new ModelFileError(
        `"${name}" has ${bytes} bytes, more than the ${this.#left} that a model may still have`,
        "No MobileNet V1 of use is that large: check the file",
      );
    this.#left -= bytes;
  }

  /** Where the file really lies; links are followed before it is compared with the folder. */
  async #resolve(name: string): Promise<string> {
    const isAbsolute = path.posix.isAbsolute(name) || path.win32.isAbsolute(name);
    if (name === "" || name.includes("\0") || isAbsolute || name.split(/[\\/]/).includes(".."))
      throw outside(name);
    let real: string;
    try {
      real = await realpath(path.join(this.#folder, name));
    } catch (cause) {
      throw unreadable(name, cause);
    }
    const inside = path.relative(await realpath(this.#folder), real);
    if (inside === ".." || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) throw outside(name);
    return real;
  }
}

async function openPlainFile(real: string, name: string) {
  // Without blocking, since opening a pipe would wait for its other end.
  const file = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  const isFile = await file.stat().then((stat) => stat.isFile());
  if (isFile) return file;
  await file.close();
  throw new ModelFileError(`"${name}" is no plain file`, "Name the file of a model");
}

function validRange(name: string, size: number, { offset, length = size - offset }: Range = { offset: 0 }) {
  const isWhole = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
  if (!isWhole || offset < 0 || length < 0 || offset + length > size)
    throw new ModelFileError(
      `"${name}" has ${size} bytes, but ${length} from ${offset} on are wanted`,
      "The file is cut off or belongs to another model: get it again",
    );
  return { offset, length };
}

function outside(name: string) {
  return new ModelFileError(
    `the model names a file outside its own folder, ${JSON.stringify(name)}`,
    "Put the files of a model into one folder, and do not trust this one",
  );
}

function unreadable(name: string, cause: unknown) {
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT")
    return new ModelFileError(
      `the model has weights in "${name}", which is not there`,
      "Put all files of the model into one folder, under the names that they had",
      { cause },
    );
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ModelFileError(`"${name}" cannot be read: ${reason}`, "Check the path", { cause });
}
