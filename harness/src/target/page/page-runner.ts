import type { Actual, Json } from "@mobilenet-bench/backend";
import type { WebSocket } from "ws";
import {
  type JobName,
  type Jobs,
  type PageFacts,
  type PageReply,
  type Purpose,
  type Reply,
  type RunnerDied,
  parseReply,
} from "@mobilenet-bench/runner";
import { hang, interruption } from "../deadline.ts";
import type { Runner } from "../target.ts";
import { HEARTBEAT, PageSocket, type Heartbeat } from "./page-socket.ts";

/** A page that was opened somewhere and has opened its socket. */
export interface OpenPage {
  readonly socket: WebSocket;
  /** How it was opened: stored beside every figure. */
  readonly browser: { readonly [detail: string]: Json };
  /** Of the browser, where it runs on this machine. */
  readonly pid?: number;
  /** Resolves when the page or its browser ends by itself. */
  readonly died: Promise<RunnerDied>;
  /** Ends the page, whatever its state. */
  close(): Promise<void>;
}

interface RunnerStart {
  readonly deadlineMs: number;
  readonly heartbeat?: Heartbeat;
  /** Ends the page before it is ready. */
  readonly signal?: AbortSignal;
}

/** @throws RunnerDied where the page ends before it is ready */
export async function createPageRunner(
  page: OpenPage,
  purpose: Purpose,
  { deadlineMs, heartbeat = HEARTBEAT, signal }: RunnerStart,
): Promise<Runner> {
  const socket = new PageSocket(page.socket);
  const kill = async () => {
    socket.close();
    await page.close();
  };
  const ended = page.died.then((reason) => Promise.reject(reason));
  ended.catch(() => {});

  /** What comes back, unless the page ends, gets stuck, or lets the deadline pass. */
  async function within<T>(what: JobName | "the start", ms: number, work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    try {
      return await Promise.race([
        work(),
        ended,
        socket.died,
        socket.watch(heartbeat, over.signal),
        hang(what, ms, over.signal),
      ]);
    } catch (error) {
      await kill();
      throw error;
    } finally {
      over.abort();
    }
  }

  const over = new AbortController();
  const facts = await within("the start", deadlineMs, async () => {
    const ready = socket.next("ready");
    socket.send({ kind: "begin", purpose });
    return (await Promise.race([ready, interruption(signal, over.signal)])).facts;
  }).finally(() => over.abort());

  return {
    ...(page.pid !== undefined && { processes: [page.pid] }),
    kill,
    request<N extends JobName>(job: N, details: Jobs[N]["request"], ms: number): Promise<Reply<N>> {
      return within(job, ms, async () => {
        const answer = socket.next("reply");
        socket.sendJob(job, details);
        const told = await answer;
        return annotate(parseReply(job, told.reply), page.browser, facts, told);
      });
    },
  };
}

/** Adds to a reply what the runner itself cannot know. */
function annotate<N extends JobName>(
  reply: Reply<N>,
  browser: OpenPage["browser"],
  { adapter, ...facts }: PageFacts,
  { hidden, pageBytes }: Pick<PageReply, "hidden" | "pageBytes">,
): Reply<N> {
  if (!reply.ok) return reply;
  const { value } = reply;
  if ("samplesMs" in value) return { ok: true, value: { ...value, hidden } };
  if ("memory" in value && pageBytes !== undefined)
    return { ok: true, value: { ...value, memory: { ...value.memory, pageBytes } } };
  if (!("actual" in value)) return reply;
  const actual: Actual = {
    ...value.actual,
    browser: { ...browser, ...facts, ...(adapter && { adapter }), hidden },
  };
  return { ok: true, value: { ...value, actual } };
}
