import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import { StoreError } from "@mobilenet-bench/results/store";
import type { Owner } from "../src/run/owner.ts";
import { Part } from "../src/run/parts.ts";
import { RunFolder } from "../src/run/run-folder.ts";
import type { Start } from "../src/run/start.ts";
import { UsageError } from "../src/usage-error.ts";
import { okCell } from "./cells.ts";
import { ENVIRONMENT } from "./support/environment.ts";

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
  peaks: false,
  strict: false,
  demands: [],
  browser: {},
  output: "/nowhere",
  protocol: PROTOCOLS.quick,
  environment: ENVIRONMENT,
  cells: CELLS.map(({ id }) => id),
};

let runs: string;
const begun: Part[] = [];
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), "mnb-runs-"));
});
afterEach(async () => {
  await Promise.all(begun.splice(0).map((part) => part.end()));
  await rm(runs, { recursive: true, force: true });
});

describe("RunFolder", () => {
  it("comes back with its start and the cells that were finished, and by which part", async () => {
    const { folder, part } = await begin();
    await folder.saveCell(CELLS[1]!, part);
    const again = await open("last");
    expect(again.start).toEqual(START);
    expect(await again.finishedCells()).toEqual([{ part: 1, cell: CELLS[1] }]);
  });

  it("counts a torn cell as unfinished", async () => {
    const { folder, part } = await begin();
    await folder.saveCell(CELLS[0]!, part);
    await writeFile(fileOf(1), '{"status": "ok", "lat');
    expect((await folder.finishedCells()).map(({ cell }) => cell.id)).toEqual([CELLS[0]!.id]);
  });

  it("refuses a file that holds the cell of another, and one that holds none, and leaves both", async () => {
    const { folder, part } = await begin();
    await folder.saveCell(CELLS[0]!, part);
    await rename(fileOf(0), fileOf(1));
    await expect(folder.finishedCells()).rejects.toThrow(
      `holds ${CELLS[0]!.id} in place of ${CELLS[1]!.id}. It was left as it is; remove it`,
    );
    await writeFile(fileOf(1), "{}");
    await expect(folder.finishedCells()).rejects.toThrow(StoreError);
    expect(await readFile(fileOf(1), "utf8")).toBe("{}");
  });

  it("refuses a cell that does not fit the schema, and writes nothing", async () => {
    const { folder, part } = await begin();
    await expect(folder.saveCell({ ...CELLS[0]!, gmacs: -1 }, part)).rejects.toThrow(/gmacs/);
    expect(await readdir(join(runs, START.id, "cells"))).toEqual([]);
  });

  it("is made once: a second run with its id gets none", async () => {
    const { folder, part } = await begin();
    await folder.saveCell(CELLS[0]!, part);
    await expect(RunFolder.create(runs, { ...START, cells: [] })).rejects.toThrow(UsageError);
    expect(await (await open("last")).finishedCells()).toHaveLength(1);
  });

  it("names the unfinished runs where the id is wrong", async () => {
    await expect(open("last")).rejects.toThrow(/None is unfinished/);
    await begin();
    await expect(open("other")).rejects.toThrow(START.id);
  });

  it("passes over what is no run, and says so", async () => {
    await begin();
    await mkdir(join(runs, "zzz"));
    await mkdir(join(runs, "2027-copy"));
    await copyFile(join(runs, START.id, "start.json"), join(runs, "2027-copy", "start.json"));
    const strays: string[] = [];
    const last = await RunFolder.open(runs, "last", ({ path, reason }) =>
      strays.push(`${basename(path)} ${reason}`),
    );
    expect(last.start).toEqual(START);
    expect(strays.toSorted()).toEqual([
      expect.stringMatching(`2027-copy its start.json is that of ${START.id}.`),
      expect.stringMatching(/zzz .*cannot be read \(ENOENT\)/),
    ]);
    await expect(open("zzz")).rejects.toThrow(/zzz is no unfinished run/);
  });

  it("leaves nothing once it is removed", async () => {
    await (await begin()).folder.remove();
    expect(await readdir(runs)).toEqual([]);
  });
});

describe("parts of a run", () => {
  it("are refused while the last one is measured, and counted on when it ended", async () => {
    const { folder, part } = await begin();
    await expect(beginPart(folder)).rejects.toThrow(
      new RegExp(`${START.id} is being measured: by process ${process.pid} on ${hostname()}, since 2026`),
    );
    await part.end();
    const second = await beginPart(folder);
    expect(second.number).toBe(2);
    expect([...(await Part.all(folder.parts)).keys()]).toEqual([1, 2]);
    await second.end();
  });

  it("go to one of many that want the same", async () => {
    const { folder, part } = await begin();
    await part.end();
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => beginPart(folder)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries)
      if (one.status === "rejected") expect(one.reason).toBeInstanceOf(UsageError);
      else await one.value.end();
  });

  it.each<[string, Partial<Owner>, boolean]>([
    ["has ended", { pid: 2 ** 22 + 1 }, false],
    ["has left its number to another", { began: "another boot 1" }, process.platform === "win32"],
    ["runs elsewhere and is heard of", { host: "elsewhere" }, true],
    ["runs elsewhere and is silent", { host: "elsewhere", pid: 1 }, false],
  ])("are open or not where the process of the last one %s", async (_, owner, held) => {
    const { folder, part } = await begin();
    await part.end();
    const path = join(folder.parts, "0001.json");
    const { endedAt: _ended, ...record } = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...record, owner: { ...record.owner, ...owner } }));
    if (owner.pid === 1) await utimes(path, 0, 0);
    const next = beginPart(folder);
    if (held) await expect(next).rejects.toThrow(/is being measured/);
    else begun.push(await next);
    expect([...(await Part.all(folder.parts)).keys()]).toEqual(held ? [1] : [1, 2]);
  });

  it("that were taken for dead save no more", async () => {
    const { folder, part } = await begin();
    await writeFile(join(folder.parts, "0002.json"), "");
    await expect(folder.saveCell(CELLS[0]!, part)).rejects.toThrow(/taken over the run/);
    expect(await folder.finishedCells()).toEqual([]);
  });
});

async function begin() {
  const folder = await RunFolder.create(runs, START);
  const part = await beginPart(folder);
  begun.push(part);
  return { folder, part };
}

function beginPart(folder: RunFolder): Promise<Part> {
  return Part.begin(folder.parts, START.environment, new Date(START.startedAt));
}

function open(id: string): Promise<RunFolder> {
  return RunFolder.open(runs, id, () => {});
}

function fileOf(index: number): string {
  return join(runs, START.id, "cells", `000${index}.json`);
}
