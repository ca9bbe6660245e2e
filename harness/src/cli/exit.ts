import { judgeEnd, type Demand, type Ended } from "../plan/demands.ts";
import { note } from "./output.ts";

/** Exit statuses of every command. */
export const EXIT = {
  done: 0,
  /** Done, and something is wrong: a mismatch, a failed cell. */
  wrong: 1,
  /** The call was wrong. */
  usage: 2,
  /** By Ctrl-C, as shells report it. */
  interrupted: 130,
} as const;

/** Says what was asked for and could not be had, and sets the exit status. */
export function exitAfter(ended: readonly Ended[], demands: readonly Demand[], strict = false): void {
  const { wrong, unmet } = judgeEnd(ended, demands, strict);
  for (const line of unmet) note(`! ${line}`);
  if (wrong) process.exitCode = EXIT.wrong;
}
