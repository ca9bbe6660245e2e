import { judgeEnd, type Demand, type Ended } from "../plan/demands.ts";
import { EXIT } from "./exit.ts";
import { note } from "./output.ts";

/** Says what was asked for and could not be had, and sets the exit status. */
export function exitAfter(ended: readonly Ended[], demands: readonly Demand[], strict = false): void {
  const { wrong, unmet } = judgeEnd(ended, demands, strict);
  for (const line of unmet) note(`! ${line}`);
  if (wrong) process.exitCode = EXIT.wrong;
}
