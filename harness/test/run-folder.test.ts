import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Entry } from "../src/run/entries.ts";
import type { Owner } from "../src/run/owner.ts";
import { Part } from "../src/run/parts.ts";
import { RunFolder } from "../src/run/run-folder.ts";
import { UsageError } from "../src/usage-error.ts";
import { entriesOfSet } from "./support/entries.ts";
import { startOf } from "./support/start.ts";

const MODEL = "mobilenet_v1_1.0_224";
const CELL = `${MODEL}/ts/node`;

const START = startOf({
  id: "2026-01-02T03-04-05-1",
  cells: [CELL, "mobilenet_v1_0.5_160/ts/node"],
});

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
  it("comes back with its start and the sets that are whole, and by which part", async () => {
    const { folder, part } = await begin();
    await write(folder, part, entriesOfSet([CELL], 0, 3));
    const again = await open("last");
    expect(again.start).toEqual(START);
    const ledger = await again.ledger(refuseForeign);
    expect(ledger.isWhole(MODEL, 0)).toBe(true);
    expect(ledger.processesOf(CELL)).toMatchObject([{ set: 0, blocks: [{ medianMs: 3 }] }]);
    expect(ledger.part(1)).toEqual({ cells: [CELL], sets: [{ model: MODEL, set: 0 }], discardedBlocks: 0 });
    expect(ledger.loops()).toEqual([{ model: MODEL, set: 0, spinMs: 0.6, readMs: 0.3 }]);
  });

  it("takes a torn line for none, wherever it was torn", async () => {
    const { folder, part } = await begin();
    await write(folder, part, [...entriesOfSet([CELL], 0, 3), ...entriesOfSet([CELL], 1, 4)]);
    const text = await readFile(journalOf(1), "utf8");
    const lastLine = text.trimEnd().lastIndexOf("\n") + 1;
    for (let cut = lastLine; cut < text.length; cut++) {
      await writeFile(journalOf(1), text.slice(0, cut));
      const ledger = await folder.ledger(refuseForeign);
      expect([0, 1].map((set) => ledger.isWhole(MODEL, set))).toEqual([true, false]);
      expect(ledger.cut()).toEqual([{ part: 1, model: MODEL, set: 1, blocks: 1 }]);
    }
  });

  it("tells of a line that is none, leaves it, and counts its set as cut short", async () => {
    const { folder, part } = await begin();
    await write(folder, part, [...entriesOfSet([CELL], 0, 3), ...entriesOfSet([CELL], 1, 4)]);
    const lines = (await readFile(journalOf(1), "utf8")).split("\n");
    for (const foreign of ["{}", "no JSON", '{"kind":"block"}', ""]) {
      const text = lines.with(2, foreign).join("\n");
      await writeFile(journalOf(1), text);
      const told: string[] = [];
      const ledger = await folder.ledger((what) => told.push(what));
      expect(told).toEqual([
        expect.stringMatching(/^Line 3 of .*0001\.jsonl is none of this run and is left alone/),
      ]);
      expect([0, 1].map((set) => ledger.isWhole(MODEL, set))).toEqual([false, true]);
      expect(await readFile(journalOf(1), "utf8")).toBe(text);
    }
  });

  it("tells of journals of other runs and other files, and leaves them", async () => {
    const { folder, part } = await begin();
    await write(folder, part, entriesOfSet([CELL], 0, 3));
    const text = await readFile(journalOf(1), "utf8");
    await writeFile(journalOf(2), text);
    await writeFile(journalOf(3), text.replace(START.id, "another"));
    await writeFile(join(runs, START.id, "journals", "notes.txt"), "mine");
    const told: string[] = [];
    const ledger = await folder.ledger((what) => told.push(what));
    expect(told).toEqual([
      expect.stringContaining("0002.jsonl is no journal of part 2 of this run, and is left alone"),
      expect.stringContaining("0003.jsonl is no journal of part 3"),
      expect.stringContaining("notes.txt is no journal, and is left alone"),
    ]);
    expect(ledger.processesOf(CELL)).toHaveLength(1);
  });

  it("counts a set that two parts measured once: as the first did", async () => {
    const { folder, part } = await begin();
    await write(folder, part, entriesOfSet([CELL], 0, 3));
    await part.end();
    const second = await beginPart(folder);
    begun.push(second);
    await write(folder, second, entriesOfSet([CELL], 0, 5));
    const ledger = await folder.ledger(refuseForeign);
    expect(ledger.processesOf(CELL)).toMatchObject([{ blocks: [{ medianMs: 3 }] }]);
    expect(ledger.part(2)).toEqual({ cells: [], sets: [], discardedBlocks: 1 });
  });

  it("refuses an entry that does not fit the schema, and writes nothing of it", async () => {
    const { folder, part } = await begin();
    const [round] = entriesOfSet([CELL], 0, 3);
    await expect(write(folder, part, [{ ...round!, afterMs: -1 }])).rejects.toThrow(/afterMs/);
    expect((await readFile(journalOf(1), "utf8")).split("\n")).toHaveLength(2);
  });

  it("is made once: a second run with its id gets none", async () => {
    const { folder, part } = await begin();
    await write(folder, part, entriesOfSet([CELL], 0, 3));
    await expect(RunFolder.create(runs, { ...START, cells: [] })).rejects.toThrow(UsageError);
    expect((await (await open("last")).ledger()).isWhole(MODEL, 0)).toBe(true);
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
    await expect(write(folder, part, entriesOfSet([CELL], 0, 3))).rejects.toThrow(/taken over the run/);
    expect((await folder.ledger(refuseForeign)).isWhole(MODEL, 0)).toBe(false);
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

async function write(folder: RunFolder, part: Part, entries: readonly Entry[]): Promise<void> {
  const journal = await folder.beginJournal(part);
  try {
    for (const entry of entries) await journal.keep(entry);
  } finally {
    await journal.close();
  }
}

function journalOf(part: number): string {
  return join(runs, START.id, "journals", `000${part}.jsonl`);
}

function refuseForeign(what: string): never {
  throw new Error(what);
}
