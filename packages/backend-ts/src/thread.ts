import type { Job, Start } from "./messages.ts";

/** A running `worker.ts`, the same in Node and in browsers. */
export interface Thread {
  post(message: Start | Job): void;
  /** Whether the thread keeps a Node process alive. */
  hold(busy: boolean): void;
  terminate(): Promise<void>;
}

/** What a thread tells: an answer to a message, or that it has died. */
export interface ThreadEvents {
  readonly onAnswer: () => void;
  /** @param why a sentence or two */
  readonly onFailure: (why: string, cause?: unknown) => void;
}

/** The memory in messages is shared; everything else is copied. */
export const NOTHING_TRANSFERRED: ArrayBuffer[] = [];
