import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeRun } from "@mobilenet-bench/results/store";
import { okCell } from "./cells.ts";
import { runOf } from "./runs.ts";
import { callMnb } from "./support/call-mnb.ts";

let folder = "";
const results = (...words: string[]) => callMnb(["results", ...words], { cwd: folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-results-"));
  for (const number of [1, 2, 3]) {
    const cells = [okCell("mobilenet_v1_0.5_160", "wasm", number)];
    const run = runOf(cells, { id: `run-${number}`, shard: { number, of: 3 } });
    await writeRun(join(folder, "shards", String(number)), run);
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe("mnb results merge", () => {
  it("merges, says what it did, and does it once", async () => {
    const first = await results("merge", "shards", "--output", "all");
    expect(first).toMatchObject({ exitCode: 0, stdout: `${join(folder, "all")}: 3 new, 0 there already.` });
    const again = await results("merge", "shards", "--output", "all", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ added: [], refused: [] });
    expect(await readdir(join(folder, "all"))).toHaveLength(3);
  });

  it("ends with 1 where a file was refused, with the reason", async () => {
    await mkdir(join(folder, "bad"));
    await writeFile(join(folder, "bad", "torn.json"), "{");
    const { exitCode, stdout } = await results("merge", "bad", "--output", "all");
    expect(stdout).toMatch(/0 new, 0 there already, 1 refused\.\n! \[results\] .*torn\.json is torn/);
    expect(exitCode).toBe(1);
  });

  it.each([
    [["merge"], /Name what to merge/],
    [["merge", "none"], /none is not there/],
    [["merge", "shards", "--runs", "x"], /takes no --runs\. Leave that out/],
    [["merge", "shards", "--format", "csv"], /has no form csv\. Use table or json/],
    [["query"], /Ask one question, in quotes/],
    [["query", "SELECT", "1"], /Ask one question, in quotes/],
    [["query", "SELECT 1", "--runs", "a", "--roll-ups", "b"], /Leave one out/],
    [["roll-up", "x"], /takes no arguments/],
    [["split"], /Allowed choices are merge, roll-up, query/],
  ])("refuses %j", async (words, message) => {
    const { exitCode, stderr, stdout } = await results(...words);
    expect(stderr).toMatch(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });
});

describe("mnb results roll-up and query", () => {
  it("rolls up where it is told to, and only months that are over", async () => {
    const words = ["roll-up", "--runs", "all", "--output", "rolled", "--over"];
    const { stdout } = await results(...words);
    expect(stdout).toMatch(/2026-01 +3 +0 +0\.0 +rolled up$/);
    expect((await results(...words)).stdout).toMatch(/as it was$/);
  });

  it("asks what is rolled up, in every form", async () => {
    const sql = "SELECT shard, median_ms FROM runs JOIN cells USING (run) ORDER BY shard";
    const ask = (...words: string[]) => results("query", sql, ...words);
    expect((await ask("--roll-ups", "rolled")).stdout.split("\n")).toEqual([
      "shard  median_ms",
      "1/3            1",
      "2/3            2",
      "3/3            3",
    ]);
    expect((await ask("--runs", "all", "--format", "csv")).stdout.split("\n")).toEqual([
      "shard,median_ms",
      "1/3,1",
      "2/3,2",
      "3/3,3",
    ]);
    expect(JSON.parse((await ask("--runs", "all", "--json")).stdout)).toEqual(
      [1, 2, 3].map((number) => ({ shard: `${number}/3`, median_ms: number })),
    );
    expect((await ask("--runs", "all", "--format", "markdown")).stdout).toContain("| 1/3");
  });

  it("ends with 2 where the question is none", async () => {
    const { exitCode, stderr } = await results("query", "SELECT x FROM cells", "--roll-ups", "rolled");
    expect(stderr).toMatch(/The tables are runs, cells, blocks/);
    expect(exitCode).toBe(2);
  });
});
