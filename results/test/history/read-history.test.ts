import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { historyRun } from "../../src/history/history-run.ts";
import { makeHistory } from "../../src/history/make-history.ts";
import { readHistory } from "../../src/store/read-history.ts";
import { writeRun } from "../../src/store/store.ts";
import { simulatedRun } from "../../src/simulation/simulated-run.ts";
import { simulateNights } from "../../src/simulation/simulate-nights.ts";
import { SIMULATED_CELLS } from "../../src/simulation/simulated-cells.ts";
import { planYear } from "../../src/simulation/year-plan.ts";

const RUNS = simulateNights(planYear(3, 60, SIMULATED_CELLS.slice(0, 6))).map(simulatedRun);
const { memory: _, ...WHOLE } = makeHistory(RUNS.map(historyRun));

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-history-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const runsIn = (name = "runs") => join(folder, name);
const troubles: string[] = [];
const read = (...folders: string[]) =>
  readHistory(folders, {
    cache: join(folder, "cache"),
    onTrouble: ({ message }) => troubles.push(message),
  });

describe("readHistory", { timeout: 30_000 }, () => {
  it("is the history of all runs in the folders, each once", async () => {
    for (const run of RUNS.slice(0, 40)) await writeRun(runsIn(), run);
    for (const run of RUNS.slice(30)) await writeRun(runsIn("others"), run);
    expect(await read(runsIn(), runsIn("others"))).toEqual(WHOLE);
  });

  it("reads no file twice, and tells the same whether it knew the first runs or not", async () => {
    const paths: string[] = [];
    for (const run of RUNS.slice(0, 50)) paths.push(await writeRun(runsIn(), run));
    await read(runsIn());
    // What is known by name is not read again, so nobody sees that these are none any more.
    for (const path of paths) await writeFile(path, "{}");
    for (const run of RUNS.slice(50)) await writeRun(runsIn(), run);
    expect(await read(runsIn())).toEqual(WHOLE);
    expect(await read(runsIn())).toEqual(WHOLE);
  });

  it("tells the same when older runs come later, as from another machine", async () => {
    for (const run of RUNS.slice(20)) await writeRun(runsIn(), run);
    await read(runsIn());
    for (const run of RUNS.slice(0, 20)) await writeRun(runsIn(), run);
    expect(await read(runsIn())).toEqual(WHOLE);
  });

  it("forgets runs whose files are gone", async () => {
    const paths: string[] = [];
    for (const run of RUNS) paths.push(await writeRun(runsIn(), run));
    await read(runsIn());
    for (const path of paths.slice(0, 30)) await rm(path);
    expect((await read(runsIn())).runs.map(({ id }) => id)).toEqual(RUNS.slice(30).map(({ id }) => id));
  });

  it("tells of files that are no runs, and leaves other names alone", async () => {
    troubles.length = 0;
    await writeRun(runsIn(), RUNS[0]!);
    await writeFile(join(runsIn(), "2026-01-08-0123456789ab.json"), "{}");
    await writeFile(join(runsIn(), "notes.json"), "{}");
    expect((await read(runsIn())).runs).toHaveLength(1);
    expect(troubles).toEqual([expect.stringContaining("2026-01-08-0123456789ab.json")]);
  });

  it("reads all again where what it kept is torn", async () => {
    for (const run of RUNS) await writeRun(runsIn(), run);
    await read(runsIn());
    for (const file of await readdir(join(folder, "cache")))
      await writeFile(join(folder, "cache", basename(file)), "{");
    expect(await read(runsIn())).toEqual(WHOLE);
  });

  it("is empty where there is no folder", async () => {
    expect((await read(join(folder, "none"))).runs).toEqual([]);
  });
});
