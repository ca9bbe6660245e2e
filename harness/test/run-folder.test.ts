import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import { RunFolder, type Start } from "../src/run/run-folder.ts";
import { okCell } from "./cells.ts";

const CELLS = [okCell("mobilenet_v1_1.0_224", "ts", 200), okCell("mobilenet_v1_0.5_160", "ts", 30)];

const START: Start = {
  id: "2026-01-02T03-04-05-1",
  startedAt: "2026-01-02T03:04:05.000Z",
  suite: null,
  seed: 1,
  picture: null,
  weights: null,
  keepSamples: false,
  profile: false,
  strict: false,
  demands: [],
  output: "/nowhere",
  protocol: PROTOCOLS.quick,
  environment: {
    machine: "abc",
    cpu: {
      model: "Test",
      cores: 2,
      physicalCores: 2,
      speedGHz: null,
      features: [],
      l2CacheBytes: null,
      l3CacheBytes: null,
    },
    memoryBytes: 1,
    virtualization: null,
    os: { platform: "linux", name: "Test", release: "1", arch: "x64" },
    runtime: { node: "24.0.0" },
    commit: null,
    dirty: null,
    before: { load1: 0, freeMemoryBytes: 1, steal: null },
  },
  cells: CELLS.map(({ id }) => id),
};

let runs: string;
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), "mnb-runs-"));
});
afterEach(() => rm(runs, { recursive: true, force: true }));

describe("RunFolder", () => {
  it("comes back with its start and the cells that were finished", async () => {
    const folder = await RunFolder.create(runs, START);
    await folder.saveCell(CELLS[1]!);
    const again = await RunFolder.open(runs, "last");
    expect(again.start).toEqual(START);
    expect(await again.finishedCells()).toEqual([CELLS[1]]);
  });

  it("counts a torn cell as unfinished", async () => {
    const folder = await RunFolder.create(runs, START);
    await folder.saveCell(CELLS[0]!);
    await writeFile(join(runs, START.id, "cells", "0001.json"), '{"status": "ok", "lat');
    expect((await folder.finishedCells()).map(({ id }) => id)).toEqual([CELLS[0]!.id]);
  });

  it("refuses a cell that does not fit the schema, and writes nothing", async () => {
    const folder = await RunFolder.create(runs, START);
    await expect(folder.saveCell({ ...CELLS[0]!, gmacs: -1 })).rejects.toThrow(/gmacs/);
    expect(await readdir(join(runs, START.id, "cells"))).toEqual([]);
  });

  it("names the unfinished runs where the id is wrong", async () => {
    await expect(RunFolder.open(runs, "last")).rejects.toThrow(/None is unfinished/);
    await RunFolder.create(runs, START);
    await expect(RunFolder.open(runs, "other")).rejects.toThrow(START.id);
  });

  it("leaves nothing once it is removed", async () => {
    await (await RunFolder.create(runs, START)).remove();
    expect(await readdir(runs)).toEqual([]);
  });
});
