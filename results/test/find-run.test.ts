import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRun, listRuns } from "../src/store/find-run.ts";
import { StoreError } from "../src/store/store-error.ts";
import { writeRun } from "../src/store/store.ts";
import { RUN } from "./run.ts";

let folder: string;
let own: string;
let published: string;
let early: string;
let late: string;
let other: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-find-"));
  own = join(folder, "own");
  published = join(folder, "published");
  early = await writeRun(own, { ...RUN, id: "2026-01-02T03-04-05-1" });
  late = await writeRun(own, { ...RUN, id: "2026-01-02T03-59-00-1" });
  const startedAt = "2025-12-31T23:00:00.000Z";
  other = await writeRun(published, { ...RUN, id: "2025-12-31T23-00-00-7", startedAt });
  await utimes(late, 1, 2000);
  await utimes(early, 1, 1000);
});
afterAll(() => rm(folder, { recursive: true }));

describe("findRun", () => {
  const find = (name: string) => findRun(name, [own, published]);

  it("takes the latest of the first folder, a path, ids and their beginnings, names of files and hashes", async () => {
    expect(await find("latest")).toBe(late);
    expect(await find("./some/run.json")).toBe("./some/run.json");
    expect(await find("2026-01-02T03-04-05-1")).toBe(early);
    expect(await find("2026-01-02T03-5")).toBe(late);
    expect(await find("2025")).toBe(other);
    const stem = /([^/\\]+)\.json$/.exec(late)?.[1] ?? "";
    expect(await find(stem)).toBe(late);
    expect(await find(stem.slice(11))).toBe(late);
  });

  it("refuses what fits no run or several, and tells which", async () => {
    await expect(find("2024")).rejects.toThrow(/no run "2024"\. Give/);
    await expect(find("2026-01")).rejects.toThrow(StoreError);
    await expect(find("2026-01")).rejects.toThrow(/several runs: 2026-01-02-\w+, 2026-01-02-\w+\. Give more/);
    for (const name of ["latest", "2026"])
      await expect(findRun(name, [join(folder, "none")])).rejects.toThrow(/no stored run\. Make one/);
  });

  it("finds a torn run by its name, and leaves what is no run file alone", async () => {
    const torn = join(folder, "torn");
    await mkdir(torn);
    await writeFile(join(torn, "2026-03-04-abcdef012345.json"), '{"schema": 1, "id"');
    await writeFile(join(torn, "notes.txt"), "");
    expect(await findRun("abcdef", [torn])).toBe(join(torn, "2026-03-04-abcdef012345.json"));
    expect(await listRuns([torn, join(folder, "none")])).toEqual(["2026-03-04-abcdef012345"]);
  });
});
