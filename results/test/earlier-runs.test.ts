import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anotherRun } from "../src/another-run.ts";
import type { OkCell, Run } from "../src/schema.ts";
import { earlierRuns } from "../src/store/earlier-runs.ts";
import { writeRun } from "../src/store/store.ts";
import { RUN } from "./run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-earlier-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const [CELL] = RUN.cells;

function runAt(day: number, median: number, changes: Partial<Run> = {}): Run {
  if (CELL?.status !== "ok") throw new Error("The run of tests begins with a figure.");
  const cell: OkCell = { ...CELL, latency: { ...CELL.latency, median } };
  const startedAt = new Date(Date.UTC(2026, 0, day)).toISOString();
  return { ...RUN, id: `run ${day} ${median}`, startedAt, cells: [cell], ...changes };
}

const refuse = (error: Error) => {
  throw error;
};

describe("another run here", () => {
  it("is told from the runs before, this one last", () => {
    const earlier = [2.45, 2.5, 2.44, 2.47, 2.42].map((median, i) => runAt(i + 1, median));
    const told = anotherRun(runAt(9, 2.46), earlier.toReversed()).get(CELL?.id ?? "");
    expect(told?.earlierRuns).toBe(5);
    expect(told?.ci95[0]).toBeCloseTo(2.376, 3);
    expect(told?.ci95[1]).toBeCloseTo(2.547, 3);
  });

  it("needs three of the same machine and protocol, begun before", () => {
    const run = runAt(9, 2.46);
    const others = [
      runAt(1, 2.4),
      runAt(2, 2.5),
      runAt(3, 2.4, { environment: { ...RUN.environment, machine: "another" } }),
      runAt(4, 2.4, { protocol: { ...RUN.protocol, rounds: 99 } }),
      runAt(10, 2.4),
    ];
    expect(anotherRun(run, others).size).toBe(0);
    expect(anotherRun(run, [...others, runAt(5, 2.4)]).size).toBe(1);
  });
});

describe("earlierRuns", () => {
  it("are the latest five of the folder, and of what is none it is told", async () => {
    const run = runAt(20, 2.46);
    for (let day = 1; day <= 8; day++) await writeRun(folder, runAt(day, 2 + day / 100));
    await writeRun(folder, runAt(9, 3, { environment: { ...RUN.environment, machine: "another" } }));
    await writeRun(folder, runAt(21, 3));
    await writeRun(folder, run);
    const found = await earlierRuns(folder, run, refuse);
    expect(found.map(({ startedAt }) => Number(startedAt.slice(8, 10)))).toEqual([8, 7, 6, 5, 4]);
    await writeFile(join(folder, "2026-01-08-0123456789ab.json"), "{}");
    const told: string[] = [];
    await earlierRuns(folder, run, ({ message }) => told.push(message));
    expect(told).toEqual([expect.stringContaining("2026-01-08-0123456789ab.json")]);
  });

  it("are none where there is no folder", async () => {
    expect(await earlierRuns(join(folder, "none"), RUN, refuse)).toEqual([]);
  });
});
