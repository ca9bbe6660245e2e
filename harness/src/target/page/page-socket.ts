import { setTimeout } from "node:timers/promises";
import type { WebSocket } from "ws";
import {
  askFor,
  checkVersion,
  decode,
  encode,
  excerptOf,
  ForeignProtocolError,
  type FromPage,
  fromPageSchema,
  type JobName,
  type Jobs,
  RunnerDied,
  type ToPage,
} from "@mobilenet-bench/runner";

/** How soon a page must answer a ping, whatever its worker does. */
export interface Heartbeat {
  readonly everyMs: number;
  readonly patienceMs: number;
}

/** Idle pages are left alone: they are asked only while a job is under way. */
export const HEARTBEAT: Heartbeat = { everyMs: 5000, patienceMs: 15_000 };
/** A page that crashes closes its socket too; what the browser says of it comes a moment later and tells more. */
const GRACE_MS = 1000;

/** The harness's end of a page's socket. */
export class PageSocket {
  /** Rejects when the page can no longer answer. */
  readonly died: Promise<never>;
  readonly #die: (reason: Error) => void;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<FromPage["kind"], (message: FromPage) => void>();

  constructor(socket: WebSocket) {
    const { promise, reject } = Promise.withResolvers<never>();
    // Whoever waits hears of it; where nobody waits it is no news yet.
    promise.catch(() => {});
    this.died = promise;
    this.#die = reject;
    this.#socket = socket;
    socket.on("message", (data) => this.#receive(Buffer.isBuffer(data) ? data.toString() : ""));
    socket.on("error", (cause) =>
      reject(new RunnerDied("crash", `The page's connection broke: ${cause.message}.`)),
    );
    socket.on("close", () => void this.#closed());
    if (socket.readyState !== socket.OPEN) void this.#closed();
  }

  send(message: ToPage): void {
    this.#socket.send(encode(message));
  }

  sendJob<N extends JobName>(job: N, details: Jobs[N]["request"]): void {
    this.#socket.send(encode({ kind: "job", request: askFor(job, details) }));
  }

  /** The next message of a kind; there is one waiter for each. */
  async next<K extends FromPage["kind"]>(kind: K): Promise<Extract<FromPage, { kind: K }>> {
    const { promise, resolve } = Promise.withResolvers<FromPage>();
    this.#waiting.set(kind, resolve);
    const message = await Promise.race([promise, this.died]);
    if (!isKind(message, kind))
      throw new Error("[harness] messages were mixed up. This is a bug; please report it.");
    return message;
  }

  /** Rejects when the page misses a ping; otherwise goes on until it is called off. */
  async watch({ everyMs, patienceMs }: Heartbeat, signal: AbortSignal): Promise<never> {
    for (;;) {
      await setTimeout(everyMs, undefined, { signal });
      const answered = this.next("pong").then(() => true);
      this.send({ kind: "ping" });
      if (!(await Promise.race([answered, setTimeout(patienceMs, false, { signal })])))
        throw new RunnerDied("hang", `The page did not answer for ${patienceMs / 1000} s.`);
    }
  }

  close(): void {
    this.#socket.terminate();
  }

  #receive(text: string) {
    let message: FromPage;
    try {
      const decoded = decode(text);
      if (isReady(decoded)) checkVersion(decoded, "runner");
      message = fromPageSchema.parse(decoded);
    } catch (cause) {
      if (cause instanceof ForeignProtocolError) return this.#die(cause);
      const reason = `The page sent something else than a message: ${excerptOf(text)}.`;
      this.#die(new RunnerDied("crash", reason, { cause }));
      return;
    }
    if (message.kind === "died")
      return this.#die(new RunnerDied("crash", `The page's worker ended: ${message.message}`));
    this.#waiting.get(message.kind)?.(message);
    this.#waiting.delete(message.kind);
  }

  async #closed() {
    await setTimeout(GRACE_MS, undefined, { ref: false });
    this.#die(new RunnerDied("crash", "The page closed its connection."));
  }
}

function isKind<K extends FromPage["kind"]>(
  message: FromPage,
  kind: K,
): message is Extract<FromPage, { kind: K }> {
  return message.kind === kind;
}

/** The first message of a page, in whatever version. */
function isReady(message: unknown): boolean {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "ready";
}
