import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { differenceOf } from "@mobilenet-bench/results";
import {
  evaluateYear,
  eventRows,
  EVENT_TITLES,
  planYear,
  SIMULATED_CELLS,
  simulatedJobs,
  yearOutcomeSchema,
  yearSentences,
} from "@mobilenet-bench/results/simulation";
import { readCalibration } from "@mobilenet-bench/results/store";

// A simulated year of nights: what histories, nominations and paired jobs find of what was planted in it, and what they find that is not
// there. Pairs of equal sides are those of the published calibration. The outcome is what the method page shows:
// node bench/simulated-year.ts [NIGHTS] [SEED] [FILE]

const CALIBRATION = "2026-11-27T21-46-20-1-80e7f0";
const recorded = fileURLToPath(new URL(`../data/calibration/${CALIBRATION}.jsonl`, import.meta.url));
const usual = fileURLToPath(new URL("../data/simulation/year.json", import.meta.url));

const [nights = "365", seed = "1", file = usual] = process.argv.slice(2);
const { series } = await readCalibration(recorded);
const equal = series.filter(({ slowDown }) => slowDown === 0).map(({ pairs }) => pairs.map(differenceOf));
const plan = planYear(Number(seed), Number(nights), SIMULATED_CELLS);
const begun = performance.now();
const outcome = evaluateYear(plan, simulatedJobs(equal), CALIBRATION, (night) => {
  if (night % 30 === 0) process.stderr.write(`night ${night}\n`);
});
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(yearOutcomeSchema.parse(outcome), null, 1)}\n`);
const rows = [[...EVENT_TITLES], ...eventRows(outcome)].map((row) => row.join("\t"));
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
process.stdout.write(`${[...yearSentences(outcome), "", ...rows, "", `${seconds} s`].join("\n")}\n`);
