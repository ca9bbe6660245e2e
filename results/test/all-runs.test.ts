import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { allRuns, writeRun } from "../src/store/index.ts";
import { RUN } from "./run.ts";

let folders: [string, string];
beforeEach(async () => {
  const make = () => mkdtemp(join(tmpdir(), "mnb-results-"));
  folders = [await make(), await make()];
});
afterEach(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function idsOf(from: readonly string[], unreadable: string[] = []): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of allRuns(from, ({ message }) => unreadable.push(message))) ids.push(id);
  return ids.toSorted();
}

it("are those of all folders, each once", async () => {
  const [own, published] = folders;
  await writeRun(own, RUN);
  await writeRun(published, RUN);
  await writeRun(published, { ...RUN, id: "other" });
  expect(await idsOf(folders)).toEqual([RUN.id, "other"]);
  expect(await idsOf([join(own, "missing")])).toEqual([]);
});

it("go on after what is none, and tell of it", async () => {
  const [own] = folders;
  await writeFile(join(own, "torn.json"), "{");
  await writeRun(own, RUN);
  const unreadable: string[] = [];
  expect(await idsOf(folders, unreadable)).toEqual([RUN.id]);
  expect(unreadable).toEqual([expect.stringContaining("torn.json")]);
});
