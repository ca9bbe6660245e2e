import { open, type FileHandle } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { makeFolders } from "./make-folders.ts";
import { LostBytesError, WriteError } from "./write-error.ts";

/**
 * A file that grows at its end and nowhere else. What was appended lies on the disk when `append` resolves: flushed,
 * and read back. Whoever is killed meanwhile leaves a torn end, and all before it whole.
 */
export class AppendedFile {
  readonly path: string;
  readonly #file: FileHandle;
  #size = 0;
  /** One after the other, whoever asks; rejected for good once one has failed, since a torn end may stand there. */
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /**
   * A new file; folders are made where missing.
   * @throws WriteError where it cannot be made, or is there already
   */
  static async create(path: string): Promise<AppendedFile> {
    try {
      await makeFolders(dirname(resolve(path)));
      return new AppendedFile(path, await open(path, "wx+"));
    } catch (cause) {
      throw new WriteError(path, cause);
    }
  }

  /** @throws WriteError where it does not fit: nothing is appended any more then */
  append(text: string): Promise<void> {
    this.#last = this.#last.then(() => this.#append(Buffer.from(text)));
    // Whoever asked is told; that nobody asks again is no fault.
    this.#last.catch(() => {});
    return this.#last;
  }

  /** When all that was asked for is written, or has failed. */
  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#file.close();
  }

  async #append(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#size + done);
        done += bytesWritten;
      }
      await this.#file.datasync();
      const { buffer, bytesRead } = await this.#file.read(
        Buffer.alloc(bytes.length),
        0,
        bytes.length,
        this.#size,
      );
      if (bytesRead !== bytes.length || !buffer.equals(bytes)) throw new LostBytesError();
      this.#size += bytes.length;
    } catch (cause) {
      throw new WriteError(this.path, cause);
    }
  }
}
