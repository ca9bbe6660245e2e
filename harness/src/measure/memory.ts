/** Slower than this many times: neither a cold cache nor a disturbance of every single one explains it. */
const TIMES = 3;
/** Of clocks in pages, and of waking up. */
const SLACK_MS = 0.2;

/**
 * Why a session is held to remember answers: images that are nothing like those that were timed take far longer. That
 * tells a memory that goes by likeness; one that goes by bits never meets the same input twice.
 * @param medianMs of the timed inferences
 * @param unseenMs of each of the other images; the fastest counts, since anything may disturb some
 */
export function whyRemembered(medianMs: number, unseenMs: readonly number[]): string | undefined {
  const fastestMs = Math.min(...unseenMs);
  if (fastestMs <= TIMES * medianMs + SLACK_MS) return undefined;
  return `Other images take ${fastestMs.toPrecision(3)} ms at least, those that were timed ${medianMs.toPrecision(3)} ms: answers are remembered by likeness.`;
}
