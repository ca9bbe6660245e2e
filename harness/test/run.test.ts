import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectLogits } from "@mobilenet-bench/backend";
import { WriteError } from "@mobilenet-bench/files";
import { describeParts, type Environment } from "@mobilenet-bench/results";
import { readRun } from "@mobilenet-bench/results/store";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import { Journal } from "../src/run/journal.ts";
import { Part } from "../src/run/parts.ts";
import { RunFolder } from "../src/run/run-folder.ts";
import { continueRun, type OpenRun, type RunHooks } from "../src/run/run.ts";
import { refuseOtherBuild } from "../src/run/same-build.ts";
import type { Start } from "../src/run/start.ts";
import { REPLY_VALUES, type JobName, type Reply } from "@mobilenet-bench/runner";
import type { Target } from "../src/target/target.ts";
import { failedCell as failedCellOf } from "./cells.ts";
import { entriesOfSet } from "./support/entries.ts";
import { ENVIRONMENT } from "./support/environment.ts";
import { healthyReplies } from "./support/healthy-replies.ts";
import { startOf } from "./support/start.ts";

const SMALL = "mobilenet_v1_0.25_32";
const MODEL = parseModelName(SMALL);
const EXPECTED = expectLogits(MODEL, generateWeights(MODEL, 1), syntheticImage(32, 1));
const RIGHT = Float32Array.from(EXPECTED.values);
const REPLIES = healthyReplies(RIGHT);

/** Answers at once, and right. */
const NODE: Target = {
  id: "node",
  summary: "answers by script",
  platform: "node",
  availability: () => Promise.resolve({ available: true }),
  open: () =>
    Promise.resolve({
      kill: () => Promise.resolve(),
      request: <N extends JobName>(job: N): Promise<Reply<N>> =>
        Promise.resolve({ ok: true, value: REPLY_VALUES[job].parse(REPLIES[job]) }),
    }),
};

vi.mock(import("../src/peak/peak.ts"), async (original) => ({
  ...(await original()),
  measurePeaks: () => Promise.resolve([]),
}));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-run-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const output = () => join(folder, "output");
const start = (changes: Partial<Start> = {}): Start =>
  startOf({
    peaks: true,
    output: output(),
    protocol: {
      ...PROTOCOLS.quick,
      sets: 1,
      rounds: 2,
      pauseMs: 0,
      maxSteal: 1,
      maxThrottled: 1,
      maxCpuPressure: 1,
    },
    cells: [`${SMALL}/reference/node`, `${SMALL}/ts/node`],
    ...changes,
  });

async function create(): Promise<OpenRun> {
  const created = await RunFolder.create(join(folder, "runs"), start());
  return { folder: created, part: await Part.begin(created.parts, ENVIRONMENT) };
}

async function resume(environment: Environment = ENVIRONMENT): Promise<OpenRun> {
  const opened = await RunFolder.open(join(folder, "runs"), "last", () => {});
  return { folder: opened, part: await Part.begin(opened.parts, environment) };
}

const hooks = (changes: Partial<RunHooks> = {}): RunHooks => ({
  signal: new AbortController().signal,
  targets: { node: NODE },
  expect: () => Promise.resolve([EXPECTED]),
  onCell: () => {},
  onStep: () => {},
  ...changes,
});

describe("continueRun", () => {
  it("leaves the run file alone", async () => {
    const outcome = await continueRun(await create(), hooks());
    expect(await readdir(join(folder, "runs"))).toEqual([]);
    const [name = ""] = await readdir(output());
    expect(await readRun(join(output(), name))).toEqual(outcome.run);
    expect(outcome.run.parts).toBeUndefined();
  });

  it("that was killed between file and clean-up leaves one file all the same", async () => {
    vi.spyOn(RunFolder.prototype, "remove").mockRejectedValueOnce(new Error("killed"));
    await expect(continueRun(await create(), hooks())).rejects.toThrow("killed");
    const before = await readdir(output());
    expect(before).toHaveLength(1);
    const outcome = await continueRun(await resume(), hooks({ targets: {} }));
    expect(outcome).toMatchObject({ complete: true });
    expect(await readdir(output())).toEqual(before);
    expect(await readdir(join(folder, "runs"))).toEqual([]);
  });

  it("keeps the cells where the run file cannot be written, and writes it elsewhere when told", async () => {
    const run = await create();
    await writeFile(output(), "a file in the folder's place");
    await expect(continueRun(run, hooks())).rejects.toThrow(
      /output\/.*cannot be written: .* is kept in .*; go on with: mnb run --resume 2026-01-02T03-04-05-1-abc \(--output/,
    );
    const measured: string[] = [];
    const other = join(folder, "other");
    const outcome = await continueRun(
      await resume(),
      hooks({ output: other, onCell: ({ id }) => measured.push(id) }),
    );
    expect(measured).toEqual([]);
    expect(outcome.run.cells).toHaveLength(2);
    expect(await readdir(other)).toHaveLength(1);
  });

  it("tells which part measured what, and where", async () => {
    const [reference, ts] = start().cells;
    const other = "mobilenet_v1_0.25_64";
    const cells = [reference!, ts!, `${other}/reference/node`];
    const created = await RunFolder.create(join(folder, "runs"), start({ cells }));
    const part = await Part.begin(created.parts, ENVIRONMENT);
    const journal = await created.beginJournal(part);
    const whole = entriesOfSet([reference!, ts!], 0, 2);
    const cut = entriesOfSet([`${other}/reference/node`], 0, 2).slice(0, 2);
    for (const entry of [...whole, ...cut]) await journal.keep(entry);
    await journal.close();
    await part.end();
    const larger = { ...ENVIRONMENT, memoryBytes: 2 };
    const { run } = await continueRun(await resume(larger), hooks());
    expect(run.parts).toMatchObject([
      {
        environment: { memoryBytes: 1 },
        cells: [reference, ts],
        sets: [{ model: SMALL, set: 0 }],
        discardedBlocks: 1,
      },
      {
        environment: { memoryBytes: 2 },
        cells: [`${other}/reference/node`],
        sets: [{ model: other, set: 0 }],
        discardedBlocks: 0,
      },
    ]);
    expect(describeParts(run)).toEqual([
      expect.stringMatching(
        /^Part 1 of 2: 1 set, 2 cells \(1 block of a set that was cut short left out\), from .* UTC, no commit, Node 24\.0\.0\.$/,
      ),
      expect.stringMatching(/^Part 2 of 2: 1 set, 1 cell, from /),
    ]);
    expect(describeParts({ ...run, complete: false })[0]).toBe("The run was interrupted: cells are missing.");
  });

  it("keeps that a cell has failed, and does not try it again", async () => {
    const created = await create();
    const failed = failedCellOf(SMALL, "reference", "It crashed.");
    const journal = await created.folder.beginJournal(created.part);
    await journal.keep({ kind: "failed", afterMs: 1, cell: failed });
    await journal.close();
    await created.part.end();
    const opened: string[] = [];
    const target: Target = {
      ...NODE,
      open: (purpose) => {
        opened.push(purpose.cell);
        return NODE.open(purpose);
      },
    };
    const { run } = await continueRun(await resume(), hooks({ targets: { node: target } }));
    expect(run.cells).toMatchObject([failed, { id: `${SMALL}/ts/node`, status: "ok" }]);
    expect(opened).toEqual([`${SMALL}/ts/node`]);
  });

  it.each(["round", "block", "process", "set"] as const)(
    "keeps what is whole where a %s cannot be written down, and goes on",
    async (kind) => {
      let left = 2;
      const append = Journal.prototype.append;
      vi.spyOn(Journal.prototype, "append").mockImplementation(function (this: Journal, entry) {
        if (entry.kind === kind && --left === 0)
          return Promise.reject(new WriteError("the journal", new Error("full")));
        return append.call(this, entry);
      });
      const created = await RunFolder.create(
        join(folder, "runs"),
        start({ protocol: { ...start().protocol, sets: 2 } }),
      );
      const part = await Part.begin(created.parts, ENVIRONMENT);
      await expect(continueRun({ folder: created, part }, hooks())).rejects.toThrow(
        /the journal cannot be written: full.* is kept in .*; go on with: mnb run --resume/,
      );
      const { run } = await continueRun(await resume(), hooks());
      expect(run.complete).toBe(true);
      expect(run.cells.map((cell) => cell.status === "ok" && cell.latency.blocks)).toEqual([4, 4]);
    },
  );

  it("computes each reference once, however many sets and parts there are", async () => {
    const computed: string[] = [];
    const compute = ({ name }: { readonly name: string }) => {
      computed.push(name);
      return Promise.resolve([EXPECTED]);
    };
    const interrupt = new AbortController();
    const first = await create();
    const cut = await continueRun(
      first,
      hooks({ expect: compute, signal: interrupt.signal, onStep: () => interrupt.abort() }),
    );
    expect(cut.complete).toBe(false);
    const { run } = await continueRun(await resume(), hooks({ expect: compute }));
    expect(run.cells.map(({ status }) => status)).toEqual(["ok", "ok"]);
    expect(computed).toEqual([SMALL]);
  });

  it("refuses a picture that is no longer the one that it began with", async () => {
    const picture = new URL("../../packages/spec/images/noise.jpg", import.meta.url).pathname;
    const created = await RunFolder.create(
      join(folder, "runs"),
      start({ picture: { path: picture, sha256: "0".repeat(64) } }),
    );
    const part = await Part.begin(created.parts, ENVIRONMENT);
    await expect(continueRun({ folder: created, part }, hooks())).rejects.toThrow(
      /noise\.jpg has changed since the run began/,
    );
  });
});

describe("refuseOtherBuild", () => {
  it.each<[Partial<Environment>, RegExp]>([
    [{ commit: "b".repeat(40) }, /commit: none then, bbbbbbbbbbbb now/],
    [{ runtime: { node: "26.0.0" } }, /Node: 24\.0\.0 then, 26\.0\.0 now/],
    [{ machine: "def" }, /machine: Test \(abc\) then, Test \(def\) now/],
    [{ dirty: true }, /clone: as committed then, with uncommitted changes now/],
  ])("names what differs: %j", (changes, message) => {
    expect(() => refuseOtherBuild(ENVIRONMENT, { ...ENVIRONMENT, ...changes })).toThrow(message);
    refuseOtherBuild(ENVIRONMENT, { ...ENVIRONMENT, memoryBytes: 2 });
  });
});
