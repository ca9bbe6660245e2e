import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { calibrationLineSchema, type CalibrationLine } from "@mobilenet-bench/results";
import { readCalibration } from "@mobilenet-bench/results/store";
import { execaNode } from "execa";
import { expect, it } from "vitest";
import { stretchesOf } from "../src/calibrate/stretches.ts";
import { calibrationsFolder } from "../src/folders.ts";
import { randomOf } from "../src/run/shuffled.ts";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const CELL = "mobilenet_v1_0.25_32/ts/node";
const PAIRS = 20;
const KILLS = 8;
const SEED = 80_212;
/** Until a kill; all of them together are fewer than there are pairs. */
const MOST_PAIRS = 3;
/** Somewhat longer than a pair, so that kills fall into all that it does. */
const MOST_MS = 1500;

async function idOfCalibration(): Promise<string | undefined> {
  return (await readdir(calibrationsFolder()).catch(() => [])).find((name) => name.includes(`-${SEED}-`));
}

/** Whole lines of all parts, in the order of time; a torn end of a part is none. */
async function kept(): Promise<CalibrationLine[]> {
  const id = await idOfCalibration();
  if (id === undefined) return [];
  const folder = join(calibrationsFolder(), id, "pairs");
  const names = (await readdir(folder).catch(() => [])).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.flatMap((text) =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => calibrationLineSchema.parse(JSON.parse(line))),
  );
}

const nameOf = ({ slowDown, record }: CalibrationLine) => `${slowDown} ${record.pair}`;

it(
  `a calibration that is killed at ${KILLS} random instants loses the pair at hand alone, and has none twice`,
  { timeout: 1_800_000 },
  async () => {
    const output = await mkdtemp(join(tmpdir(), "mnb-calibration-"));
    try {
      const random = randomOf(SEED, "kills");
      const first = [
        "calibrate",
        CELL,
        "--slow-downs",
        "3",
        "--pairs",
        String(PAIRS),
        "--seed",
        String(SEED),
      ];
      let id: string | undefined;
      const mnb = () =>
        execaNode(MAIN, id === undefined ? [...first, "--output", output] : ["calibrate", "--resume", id], {
          reject: false,
          nodePath: process.execPath,
          nodeOptions: [],
        });
      let before: CalibrationLine[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const harness = mnb();
        const end = { seen: false };
        void harness.finally(() => (end.seen = true));
        const until = before.length + 1 + Math.floor(random() * MOST_PAIRS);
        while (!end.seen && (await kept()).length < until) await setTimeout(20);
        await setTimeout(random() * MOST_MS);
        expect(end.seen).toBe(false);
        const seen = await kept();
        harness.kill("SIGKILL");
        await harness;
        id ??= await idOfCalibration();
        const after = await kept();
        // What was once there stays, and this process went on where the one before was killed.
        expect(after.slice(0, seen.length)).toEqual(seen);
        expect(after.slice(0, before.length)).toEqual(before);
        before = after;
      }
      const whole = await mnb();
      expect(whole.stderr).toContain(
        `Recording ${2 * PAIRS - before.length} pairs (${before.length} are recorded)`,
      );
      expect(whole.exitCode).toBe(0);
      const { start, series } = await readCalibration(join(output, `${id}.jsonl`));
      // In the order of the plan and without a gap: a kill cost no pair that was recorded, and none is there twice.
      const planned = stretchesOf(start).flatMap(({ slowDown, from, to }) =>
        Array.from({ length: to - from }, (_, i) => `${slowDown} ${from + i}`),
      );
      expect(before.map(nameOf)).toEqual(planned.slice(0, before.length));
      expect(before.length).toBeGreaterThanOrEqual(KILLS);
      const numbers = Array.from({ length: PAIRS }, (_, pair) => pair);
      expect(series.map(({ slowDown, pairs }) => [slowDown, pairs.map(({ pair }) => pair)])).toEqual([
        [0, numbers],
        [0.03, numbers],
      ]);
      for (const { slowDown, pairs } of series)
        expect(pairs).toEqual(expect.arrayContaining(ofSeries(before, slowDown)));
    } finally {
      await rm(output, { recursive: true, force: true });
    }
  },
);

function ofSeries(lines: readonly CalibrationLine[], slowDown: number) {
  return lines.filter((line) => line.slowDown === slowDown).map(({ record }) => record);
}
