import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mergeResults, writeRun } from "../src/store/index.ts";
import type { Run } from "../src/schema.ts";
import { RUN } from "./run.ts";

let folder = "";
const at = (...names: string[]) => join(folder, ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-merge-"));
});
afterEach(() => rm(folder, { recursive: true }));

const shard = (number: number, of: number, changes: Partial<Run> = {}): Run => ({
  ...RUN,
  id: `${RUN.id}-${number}`,
  shard: { number, of },
  ...changes,
});
const names = async () => (await readdir(at("all"))).toSorted();

describe("mergeResults", () => {
  it("brings twenty shards of as many machines together, and does nothing the second time", async () => {
    for (let i = 1; i <= 20; i++) await writeRun(at("machines", String(i), "deeper"), shard(i, 20));
    const first = await mergeResults([at("machines")], at("all"));
    expect(first).toMatchObject({ known: [], refused: [] });
    expect(first.added).toHaveLength(20);
    const merged = await names();
    expect(merged).toHaveLength(20);
    const again = await mergeResults([at("machines")], at("all"));
    expect(again).toMatchObject({ added: [], refused: [] });
    expect(again.known).toHaveLength(20);
    expect(await names()).toEqual(merged);
  });

  it("takes a run once, whatever its files are called and however their lines end", async () => {
    const path = await writeRun(at("a"), RUN);
    await mkdir(at("b"));
    await copyFile(path, at("b", "mine.json"));
    await writeFile(at("b", "windows.json"), (await readFile(path, "utf8")).replaceAll("\n", "\r\n"));
    const { added, known, refused } = await mergeResults([at("b"), path], at("all"));
    expect([added.length, known.length, refused.length]).toEqual([1, 2, 0]);
    expect(await names()).toEqual([path.slice(at("a").length + 1)]);
  });

  it("refuses another run of the same id, and leaves the first as it was", async () => {
    const first = await writeRun(at("all"), RUN);
    const before = await readFile(first, "utf8");
    const second = await writeRun(at("b"), { ...RUN, seed: 2 });
    const { added, refused } = await mergeResults([at("b")], at("all"));
    expect(added).toEqual([]);
    expect(refused).toEqual([
      { path: second, kind: "conflict", reason: expect.stringContaining(`are both ${RUN.id}, and differ`) },
    ]);
    expect(await readFile(first, "utf8")).toBe(before);
  });

  it("tells torn, foreign and changed files apart, and takes the others", async () => {
    const path = await writeRun(at("in"), RUN);
    const text = await readFile(path, "utf8");
    await writeFile(at("in", "torn.json"), text.slice(0, -20));
    await writeFile(at("in", "version.json"), text.replace('"schema": 1', '"schema": 99'));
    await writeFile(at("in", "2026-01-02-000000000000.json"), text.replace('"seed": 1', '"seed": 7'));
    await writeFile(at("in", "package.json"), "{}");
    await writeFile(at("in", "calibration.jsonl"), '{"kind":"start"');
    const { added, refused, passed } = await mergeResults([at("in")], at("all"));
    expect(added.map((one) => one.path)).toEqual([path]);
    expect(Object.fromEntries(refused.map((one) => [one.path.slice(at("in").length + 1), one.kind]))).toEqual(
      {
        "torn.json": "torn",
        "version.json": "version",
        "2026-01-02-000000000000.json": "changed",
        "calibration.jsonl": "torn",
      },
    );
    expect(passed.map((one) => one.path)).toEqual([at("in", "package.json")]);
    expect(await mergeResults([at("in", "package.json")], at("all"))).toMatchObject({
      refused: [{ kind: "foreign" }],
      passed: [],
    });
  });

  it("writes over nothing that lies at a file's place", async () => {
    const path = await writeRun(at("in"), RUN);
    const name = path.slice(at("in").length + 1);
    await mkdir(at("all"));
    await writeFile(at("all", name), "half of a");
    const { added, refused } = await mergeResults([at("in")], at("all"));
    expect(added).toEqual([]);
    expect(refused).toEqual([
      { path, kind: "conflict", reason: expect.stringMatching(/torn or no JSON.*to take it\.$/) },
    ]);
    expect(await readFile(at("all", name), "utf8")).toBe("half of a");
  });

  it("passes by runs that are not finished, and says what is not there", async () => {
    await mkdir(at("in", "running"), { recursive: true });
    await writeFile(at("in", "running", "start.json"), "{}");
    await writeFile(at("in", "running", "run.json"), "{}");
    expect(await mergeResults([at("in")], at("all"))).toEqual({
      added: [],
      known: [],
      refused: [],
      passed: [],
    });
    await expect(mergeResults([at("none")], at("all"))).rejects.toThrow(/none is not there\. Give files/);
  });
});
