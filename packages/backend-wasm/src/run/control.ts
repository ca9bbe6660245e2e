import { LINE } from "../layout/units.ts";

/**
 * What lies at the front of every memory, for the threads to agree: the barrier's two words, how many threads have
 * arrived and the round, in cache lines of their own; then the command that all carry out.
 */
export const ARRIVED = 0;
export const ROUND = ARRIVED + LINE;
export const COMMAND = ROUND + LINE;
/** Bytes of all that. */
export const CONTROL_BYTES = COMMAND + LINE;
