import type { Cost, Costs } from "@mobilenet-bench/runner";
import { median } from "simple-statistics";

/** Slower than this many times: neither a cold cache nor a disturbance of every single one explains it. */
const TIMES = 2;
/** Of clocks in pages, and of waking up. */
const SLACK_MS = 0.1;

/**
 * Why a session is held to remember answers: images that are nothing like those that were timed take far longer, and
 * far more of the processor where that can be told: on a busy machine others may take their turns always at the same
 * point. That tells a memory that goes by likeness; one that goes by bits never meets the same input twice.
 * The cheapest of the others counts, since anything may disturb some.
 */
export function whyRemembered({ seen, unseen }: Costs): string | undefined {
  const cpu = (costs: readonly Cost[]) => costs.flatMap(({ cpuMs }) => cpuMs ?? []);
  const ms = (costs: readonly Cost[]) => costs.map((cost) => cost.ms);
  if (!isFarMore(ms(seen), ms(unseen))) return undefined;
  if (cpu(unseen).length > 0 && !isFarMore(cpu(seen), cpu(unseen))) return undefined;
  const [other, usual] = [Math.min(...ms(unseen)), median(ms(seen))].map((time) => time.toPrecision(3));
  return `Other images take ${other} ms at least, those like the timed ones ${usual} ms: answers are remembered by likeness.`;
}

/** Whether it is settled that answers are computed: one image that is like none costs no more than the cheapest that is. */
export function isComputed({ seen, unseen }: Costs): boolean {
  const cheapest = (costs: readonly Cost[]) => Math.min(...costs.map(({ ms }) => ms));
  return cheapest(unseen) <= TIMES * cheapest(seen) + SLACK_MS;
}

function isFarMore(seenMs: number[], unseenMs: readonly number[]): boolean {
  return Math.min(...unseenMs) > TIMES * median(seenMs) + SLACK_MS;
}
