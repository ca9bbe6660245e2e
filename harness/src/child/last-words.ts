import type { Readable } from "node:stream";
import { isOutOfMemory } from "@mobilenet-bench/runner";

/** As much as holds the native stack that V8 prints below its reason. */
const TAIL_CHARACTERS = 16_000;
const LINE_CHARACTERS = 300;

/** The end of what a process prints. */
export class LastWords {
  #tail = "";

  constructor(...streams: readonly (Readable | null | undefined)[]) {
    for (const stream of streams) {
      stream?.setEncoding("utf8");
      stream?.on("data", (text: string) => {
        this.#tail = (this.#tail + text).slice(-TAIL_CHARACTERS);
      });
      // A process that is killed may break its pipes, which says nothing that its end does not say.
      stream?.on("error", () => {});
    }
  }

  get speakOfMemory(): boolean {
    return this.#lines().some(isOutOfMemory);
  }

  /** The line that says why, else the last one; empty where nothing was printed. */
  get line(): string {
    const lines = this.#lines();
    const line = lines.findLast(isOutOfMemory) ?? lines.findLast((candidate) => ERROR.test(candidate));
    return (line ?? lines.at(-1) ?? "").slice(0, LINE_CHARACTERS);
  }

  forget(): void {
    this.#tail = "";
  }

  #lines(): string[] {
    return this.#tail.trim().split("\n");
  }
}

/** The first line of an uncaught error, above its stack and the version of Node. */
const ERROR = /^(Uncaught )?\w*(Error|Exception)\b.*: /;
