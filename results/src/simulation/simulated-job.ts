import { judgeBy, SEQUENTIAL_RULE, type Verdict } from "../statistics/index.ts";
import type { Draws } from "./draws.ts";

/** A paired job that only asks what pairs of equal sides came to. */
export type SimulatedJob = (effect: number, draws: Draws) => Verdict;

/**
 * Jobs whose pairs differ by what pairs of equal sides differed by when they were recorded, as many in a row as a job takes, plus what the
 * candidate really takes longer. Signs are drawn, as roles are.
 * @param recorded differences of equal sides, in the order of time, by stretch
 * @throws RangeError where no stretch has as many pairs as the last look takes
 */
export function simulatedJobs(recorded: readonly (readonly number[])[]): SimulatedJob {
  const pairs = SEQUENTIAL_RULE.looks.at(-1) ?? 0;
  const long = recorded.filter(({ length }) => length >= pairs);
  if (long.length === 0)
    throw new RangeError(`[results] No series has ${pairs} pairs. Give a calibration that has.`);
  const judge = judgeBy(SEQUENTIAL_RULE);
  return (effect, draws) => {
    const series = draws.among(long);
    const first = Math.floor(draws.share() * (series.length - pairs + 1));
    const differences = series.slice(first, first + pairs);
    return judge(differences.map((one) => effect + (draws.share() < 0.5 ? one : -one))).verdict;
  };
}
