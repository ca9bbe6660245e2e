import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";

/** A line of progress for whoever waits. */
export type Say = (line: string) => void;

/** The file that keeps what was tried and what each step printed. */
export class InstallLog {
  readonly path: string;
  readonly #file: WriteStream;
  readonly #say: Say;
  readonly #start = performance.now();

  constructor(path: string, say: Say) {
    this.path = path;
    this.#file = createWriteStream(path);
    this.#say = say;
  }

  /** What the installer does: into the file, and to whoever waits. */
  say(line: string) {
    this.#file.write(`[${((performance.now() - this.#start) / 1000).toFixed(1)} s] ${line}\n`);
    this.#say(line);
  }

  /** What a tool prints: into the file alone. */
  output(line: string) {
    this.#file.write(`    ${line}\n`);
  }

  async close(): Promise<void> {
    this.#file.end();
    await finished(this.#file);
  }
}
