import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bestSplit, scanChanges } from "@mobilenet-bench/results";
import { drawsOf } from "@mobilenet-bench/results/simulation";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runPython, WITHOUT_PYTHON } from "./support/python.ts";

/** What Otava says of one series. */
interface Found {
  readonly changes: readonly number[];
  readonly split: { readonly at: number; readonly statistic: number };
}

/** The estimate of where a step is may be off by as many points, for either. */
const SLACK = 3;
/** Of the standard deviation of the noise, how large steps are that nobody may miss. */
const STEP = 4;

/** Latencies of about 20 ms with noise of 1 %, that change level at these points. */
function seriesOf(seed: number, length: number, places: readonly number[]): number[] {
  const { normal } = drawsOf(seed, "series");
  return Array.from({ length }, (_, i) => {
    const level = places.filter((place) => place <= i).length % 2 === 1 ? STEP : 0;
    return 20 * Math.exp(0.01 * (level + normal()));
  });
}

const STEPPED = Array.from({ length: 12 }, (_, i) => ({
  places: [40 + i, 110 + 2 * i, 190 - i],
  series: seriesOf(i, 250, [40 + i, 110 + 2 * i, 190 - i]),
}));
const STEADY = Array.from({ length: 12 }, (_, i) => seriesOf(100 + i, 250, []));

let folder = "";
let found: readonly Found[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-otava-"));
  if (WITHOUT_PYTHON !== undefined) return;
  const [input, output] = [join(folder, "series.json"), join(folder, "found.json")];
  await writeFile(input, JSON.stringify([...STEPPED.map(({ series }) => series), ...STEADY]));
  await runPython("change_points.py", [input, output]);
  found = JSON.parse(await readFile(output, "utf8"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(({ skip }) => skip(WITHOUT_PYTHON !== undefined, WITHOUT_PYTHON));

const ours = (series: readonly number[], name: string) =>
  scanChanges(series.map(Math.log), name).found.map(({ at }) => at);
const isNear = (place: number, others: readonly number[]) =>
  others.some((other) => Math.abs(other - place) <= SLACK);

describe("beside Apache Otava", () => {
  it("splits a window at the same point, by the same statistic", () => {
    const all = [...STEPPED.map(({ series }) => series), ...STEADY];
    all.forEach((series, i) => {
      const split = bestSplit(Float64Array.from(series.slice(0, 50)), 1);
      expect(split?.at).toBe(found[i]?.split.at);
      expect(split?.statistic).toBeCloseTo(found[i]?.split.statistic ?? 0, 9);
    });
  });

  it("finds the steps that it finds, all that are there, and no more that are not", () => {
    const notThere = { here: 0, there: 0 };
    STEPPED.forEach(({ series, places }, i) => {
      const [here, there] = [ours(series, `stepped ${i}`), found[i]?.changes ?? []];
      for (const place of places) {
        expect(isNear(place, here)).toBe(true);
        expect(isNear(place, there)).toBe(true);
      }
      notThere.here += here.filter((place) => !isNear(place, places)).length;
      notThere.there += there.filter((place) => !isNear(place, places)).length;
    });
    expect(notThere.here).toBeLessThanOrEqual(notThere.there);
  });

  it("finds no more than it does where nothing is", () => {
    const here = STEADY.flatMap((series, i) => ours(series, `steady ${i}`));
    const there = found.slice(STEPPED.length).flatMap(({ changes }) => changes);
    expect(here.length).toBeLessThanOrEqual(Math.max(2, there.length));
  });
});
