import type { Json } from "@mobilenet-bench/backend";
import { parse, stringify } from "devalue";
import type { Request } from "./jobs.ts";

/** What a runner is opened for: pages show it to whoever watches. */
export interface Purpose {
  readonly cell: string;
  readonly backend: string;
  /** Backends of one family share a browser. */
  readonly family: string;
  /** Whether the page has to offer WebGPU. */
  readonly webGpu: boolean;
  /** Blocks that will be measured; none where the cell is only checked. */
  readonly blocks: number;
}

/**
 * What crosses the socket between the harness and a page, around the job protocol. The page itself answers
 * pings, while a worker computes: so a page that does not answer is stuck, and a job that takes long is not.
 */
export type ToPage =
  | { readonly kind: "begin"; readonly purpose: Purpose }
  | { readonly kind: "job"; readonly request: Request }
  | { readonly kind: "ping" };

/** What a page sends over its socket. */
export type FromPage =
  | { readonly kind: "ready"; readonly protocol: number; readonly facts: PageFacts }
  | PageReply
  | { readonly kind: "pong" }
  /** The worker has ended, and the page with it. */
  | { readonly kind: "died"; readonly message: string };

/** A reply of the worker, with what only the page can tell. */
export interface PageReply {
  readonly kind: "reply";
  readonly reply: unknown;
  /** Whether the page could not be seen at some time since the job began. */
  readonly hidden: boolean;
  /** Memory of page and worker, beside the reply to `recheck`; absent where the browser does not tell. */
  readonly pageBytes?: number;
}

/** What the page knows about itself that could explain a number. */
export interface PageFacts {
  readonly userAgent: string;
  readonly crossOriginIsolated: boolean;
  readonly hardwareConcurrency: number;
  /** Of `performance.now()`, as measured. */
  readonly timerResolutionUs: number;
  /** Of WebGPU; null where the backend does not ask for one. */
  readonly adapter: { readonly [detail: string]: Json } | null;
}

/** Text that keeps what JSON loses: typed arrays, NaN and infinities. */
export function encode(message: object): string {
  return stringify(message);
}

/** @throws where the text is none of ours; of the message's form nothing is said */
export function decode(text: string): unknown {
  return parse(text);
}
