import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queryRollUps, rollUp } from "../src/roll-up/index.ts";
import type { Run } from "../src/schema.ts";
import { writeRun } from "../src/store/index.ts";
import { RUN } from "./run.ts";

let folder = "";
let output = "";
const runs = () => join(folder, "runs");
const run = (day: string, changes: Partial<Run> = {}): Run => ({
  ...RUN,
  id: `run-${day}`,
  startedAt: `${day}T03:04:05.000Z`,
  finishedAt: `${day}T03:05:05.000Z`,
  ...changes,
});
const roll = (before?: string) =>
  rollUp({ runs: runs(), output, onUnreadable: () => {}, ...(before !== undefined && { before }) });
const blocksOf = (one: Run) => one.cells.flatMap((cell) => (cell.status === "ok" ? cell.blocks : [])).length;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-roll-up-"));
  output = join(folder, "roll-ups");
  await writeRun(runs(), run("2026-10-30"));
  await writeRun(runs(), run("2026-10-31", { shard: { number: 2, of: 5 } }));
  await writeRun(runs(), run("2026-11-01"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("rollUp", () => {
  it("makes a folder of each month, of all its runs, cells and blocks", async () => {
    const [october, november, ...more] = await roll();
    expect(more).toEqual([]);
    expect(october).toMatchObject({ month: "2026-10", written: true, runs: 2, blocks: 2 * blocksOf(RUN) });
    expect(november).toMatchObject({ month: "2026-11", written: true, runs: 1, blocks: blocksOf(RUN) });
    expect(october?.bytes).toBeGreaterThan(1000);
  });

  it("leaves months alone that are current, and renews the one that has a new run", async () => {
    const parquet = join(output, "2026-10", "cells.parquet");
    const before = await stat(parquet);
    expect((await roll()).map(({ written }) => written)).toEqual([false, false]);
    await writeRun(runs(), run("2026-11-02"));
    expect(await roll()).toMatchObject([
      { written: false, runs: 2 },
      { written: true, runs: 2 },
    ]);
    expect((await stat(parquet)).mtimeMs).toBe(before.mtimeMs);
  });

  it("leaves out months that are not over, where that is asked for", async () => {
    expect((await roll("2026-11")).map(({ month }) => month)).toEqual(["2026-10"]);
  });

  it("tells of files that are no runs, goes on without them, and does not look again", async () => {
    const told: string[] = [];
    await writeFile(join(runs(), "2026-09-01-000000000000.json"), "{");
    const options = { runs: runs(), output, onUnreadable: ({ message }: Error) => told.push(message) };
    expect((await rollUp(options))[0]).toMatchObject({ month: "2026-09", runs: 0, written: true });
    expect(told).toEqual([expect.stringContaining("is torn or no JSON")]);
    expect((await rollUp(options))[0]).toMatchObject({ written: false });
  });
});

describe("queryRollUps", () => {
  it("answers over all months, in plain values", async () => {
    const counted = await queryRollUps(output, "SELECT count(*) AS runs, min(started_at) AS first FROM runs");
    expect(counted).toEqual({ columns: ["runs", "first"], rows: [[4, "2026-10-30T03:04:05.000Z"]] });
    const [cell] = RUN.cells.filter(({ status }) => status === "ok");
    if (cell?.status !== "ok") throw new Error("The run has no figure.");
    const { rows } = await queryRollUps(
      output,
      `SELECT shard, median_ms, mult_adds, software FROM cells JOIN runs USING (run) WHERE cell = '${cell.id}' AND shard IS NOT NULL`,
    );
    expect(rows).toEqual([["2/5", cell.latency.median, cell.multAdds, false]]);
  });

  it.each([
    ["DELETE FROM runs", /Ask with SELECT|Can only delete/],
    ["COPY runs TO 'out.csv'", /disabled by configuration/],
    ["SELECT * FROM read_text('/etc/hosts')", /disabled by configuration/],
    ["INSTALL httpfs", /read and never changed/],
    ["SET lock_configuration = false", /read and never changed/],
    ["SELECT nothing FROM cells", /"nothing".*The tables are runs, cells, blocks/s],
    ["SELECT 1; SELECT 2", /multiple statements/],
  ])("refuses %s", async (sql, message) => {
    await expect(queryRollUps(output, sql)).rejects.toThrow(message);
  });

  it("writes nothing beside the roll-ups either", async () => {
    const sql = `COPY runs TO '${join(output, "out.csv")}'`;
    await expect(queryRollUps(output, sql)).rejects.toThrow(/Roll-ups are read and never changed/);
    expect(await readdir(output)).not.toContain("out.csv");
  });

  it("says what to do where nothing is rolled up", async () => {
    await expect(queryRollUps(join(folder, "none"), "SELECT 1")).rejects.toThrow(
      /Nothing is rolled up in .*: mnb results roll-up --output /,
    );
  });

  it("is answered with what stands in the files", async () => {
    const { rows } = await queryRollUps(output, "SELECT file FROM runs ORDER BY started_at LIMIT 1");
    const text = await readFile(join(runs(), String(rows[0]?.[0])), "utf8");
    expect(text).toContain('"id": "run-2026-10-30"');
  });
});
