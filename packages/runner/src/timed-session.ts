import type { Expected, Session } from "@mobilenet-bench/backend";
import { timeBlock } from "./block.ts";
import { createFeed, unseenImages, type Fed, type TimedImages } from "./feed.ts";
import { checkLogitsType } from "./guard.ts";
import type { Cost, Costs } from "./costs.ts";
import { Outputs, type TimedOutput } from "./outputs.ts";

/** What a number of inferences took. */
export interface Timed {
  /** Milliseconds of each inference, ascending. */
  readonly samplesMs: number[];
  /** Processor time of all threads during them; null where that cannot be told. */
  readonly cpuMs: number | null;
  /** The share of the busiest thread in it; null where threads cannot be told apart. */
  readonly busiestShare: number | null;
}

/** What surroundings tell of the processor's time. */
export interface ProcessorClock {
  /** Of all threads of the process so far, in milliseconds; null where that cannot be told. */
  cpuMs(): number | null;
  /** Of each thread that can be told apart, by some name. */
  threadsCpuMs(): ReadonlyMap<string, number>;
}

/** What is inferred, and what the outputs must be. */
export interface TimedSessionOptions {
  /** Of the backend, for messages. */
  readonly id: string;
  readonly images: TimedImages;
  /** Of each image, within bounds that allow for the variations of a feed. */
  readonly expected: readonly Expected[];
  readonly seed: number;
  readonly clock: ProcessorClock;
}

/** What jobs ask of a session that is timed. */
export type UnderClock = Pick<TimedSession, "time" | "timeUnseen" | "takeWorst" | "restCpuMs">;

/** A session under the clock: each inference has an input that it never saw, and each output is looked at. */
export class TimedSession {
  readonly #id: string;
  readonly #session: Session;
  readonly #images: TimedImages;
  readonly #feed: ReturnType<typeof createFeed>;
  readonly #outputs: Outputs;
  readonly #clock: ProcessorClock;
  #restingSinceMs: number | null = null;

  constructor(session: Session, { id, images, expected, seed, clock }: TimedSessionOptions) {
    this.#id = id;
    this.#session = session;
    this.#images = images;
    this.#feed = createFeed(images, seed);
    this.#outputs = new Outputs(expected);
    this.#clock = clock;
  }

  /** Times so many inferences; what comes between them (the next input, a copy of the logits) is not timed. */
  async time(inferences: number): Promise<Timed> {
    let fed: Fed = { image: 0, input: new Float32Array() };
    let logits: unknown;
    let startMs: number | null = null;
    let cpuMs: number | null = 0;
    this.#outputs.expect(inferences);
    const threads = this.#clock.threadsCpuMs();
    const beganMs = this.#clock.cpuMs();
    const samplesMs = await timeBlock(
      {
        before: () => {
          fed = this.#feed.next();
          startMs = this.#clock.cpuMs();
        },
        infer: async () => {
          logits = await this.#session.infer(fed.input);
        },
        after: () => {
          cpuMs = added(cpuMs, elapsed(startMs, this.#clock.cpuMs()));
          this.#outputs.keep(fed.image, checkLogitsType(this.#id, logits));
        },
      },
      inferences,
    );
    const allMs = elapsed(beganMs, this.#clock.cpuMs());
    const busiestMs = busiest(threads, this.#clock.threadsCpuMs());
    this.#outputs.compare();
    this.#restingSinceMs = this.#clock.cpuMs();
    return { samplesMs, cpuMs, busiestShare: share(busiestMs, allMs) };
  }

  /**
   * What inferences of images cost that are not near to any that were timed, in turns with such as were.
   * @param blend see `unseenImages`
   */
  async timeUnseen(blend?: number): Promise<Costs> {
    const seen: Cost[] = [];
    const unseen: Cost[] = [];
    const which = blend === undefined ? undefined : [blend];
    for (const image of unseenImages(this.#images, unforeseeable, which)) {
      const { samplesMs, cpuMs } = await this.time(1);
      seen.push({ ms: samplesMs[0] ?? 0, cpuMs });
      const beforeMs = this.#clock.cpuMs();
      const [ms = 0] = await timeBlock({ infer: () => this.#session.infer(image) }, 1);
      unseen.push({ ms, cpuMs: elapsed(beforeMs, this.#clock.cpuMs()) });
    }
    return { seen, unseen };
  }

  /** Of the outputs since the last time, the first that is wrong, else the one nearest to its bounds. */
  takeWorst(): TimedOutput | undefined {
    return this.#outputs.takeWorst();
  }

  /** Processor time that the process took since the last inference was timed; null where that cannot be told. */
  restCpuMs(): number | null {
    return elapsed(this.#restingSinceMs, this.#clock.cpuMs());
  }
}

function busiest(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number | null {
  if (after.size === 0) return null;
  return Math.max(...Array.from(after, ([thread, ms]) => ms - (before.get(thread) ?? 0)));
}

/** Two clocks of one thing need not agree to the last microsecond. */
function share(part: number | null, whole: number | null): number | null {
  return part === null || !whole ? null : Math.min(1, Math.max(0, part / whole));
}

function elapsed(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}

function added(sum: number | null, more: number | null): number | null {
  return sum === null || more === null ? null : sum + more;
}

/** In [0, 1), from no seed: what a session could know beforehand would be of no use. */
function unforeseeable(): number {
  const [bits = 0] = crypto.getRandomValues(new Uint32Array(1));
  return bits / 2 ** 32;
}
