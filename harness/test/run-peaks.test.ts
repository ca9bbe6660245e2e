import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { abovePeak, ofPeak } from "@mobilenet-bench/results";
import { readRun } from "@mobilenet-bench/results/store";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runCommand } from "../src/cli/run.ts";
import { captureEnvironment } from "../src/environment/environment.ts";
import { projectFolder, runsFolder } from "../src/folders.ts";
import { measurePeaks, type Peak } from "../src/peak/peak.ts";
import { PROTOCOLS } from "../src/protocol.ts";
import { Part } from "../src/run/parts.ts";
import { RunFolder } from "../src/run/run-folder.ts";
import { continueRun } from "../src/run/run.ts";
import { entriesOfSet } from "./support/entries.ts";
import { KNOWN } from "./support/planned.ts";
import { startOf } from "./support/start.ts";

const CELL = "mobilenet_v1_0.25_128/ts/node";
const MS = 1; // 13.6 · 1e9 multiply–adds per second.

vi.mock(import("../src/peak/peak.ts"), async (original) => ({
  ...(await original()),
  measurePeaks: vi.fn<typeof measurePeaks>(),
}));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-peaks-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  await rm(folder, { recursive: true, force: true });
});

/** A run whose one cell is measured already, and whose peaks afterwards will be these. */
async function begin(runs: string, before: number, after: number) {
  const environment = { ...(await captureEnvironment(projectFolder())), peak: { "wasm-wide": before } };
  const run = await RunFolder.create(
    runs,
    startOf({
      id: `2026-01-02T03-04-05-${basename(folder)}`,
      peaks: true,
      output: join(folder, "output"),
      protocol: { ...PROTOCOLS.quick, sets: 1, rounds: 1 },
      environment,
      cells: [CELL],
    }),
  );
  const measured = await Part.begin(run.parts, environment);
  const journal = await run.beginJournal(measured);
  for (const entry of entriesOfSet([CELL], 0, MS)) await journal.keep(entry);
  await journal.close();
  await measured.end();
  const part = await Part.begin(run.parts, environment);
  const taken: Peak = { style: "wasm-wide", available: true, gmacs: after, kernel: "any" };
  vi.mocked(measurePeaks).mockResolvedValue([taken]);
  return { folder: run, part };
}

async function finish(before: number, after: number, signal = new AbortController().signal) {
  const run = await begin(folder, before, after);
  return continueRun(run, { signal, targets: KNOWN.targets, onCell: () => {}, onStep: () => {} });
}

it("stores the peaks before and after the cells, and the style that fractions are of", async () => {
  const outcome = await finish(50, 51);
  if (!outcome.complete) throw new Error("The run is complete.");
  const { environment, cells } = await readRun(outcome.path);
  expect(environment.peak).toEqual({ "wasm-wide": 51 });
  expect(environment.peakCheck).toEqual({
    before: { "wasm-wide": 50 },
    after: { "wasm-wide": 51 },
    missing: {},
    denominator: { style: "wasm-wide" },
  });
  expect(abovePeak(cells, environment)).toEqual([]);
});

it("stores why there is no fraction where the two disagree", async () => {
  const { run } = await finish(50, 25);
  expect(run.environment.peakCheck?.denominator).toEqual({
    refused: expect.stringContaining("more than 10 % apart"),
  });
  const [cell] = run.cells;
  expect(cell?.status === "ok" && ofPeak(cell, run.environment)).toBeUndefined();
});

it("finds a cell that is faster than both peaks", async () => {
  const { run } = await finish(10, 10);
  expect(abovePeak(run.cells, run.environment)).toMatchObject([{ id: CELL, style: "wasm-wide" }]);
});

it("tells no fraction of an interrupted run, which has no peaks after its cells", async () => {
  const { run } = await finish(50, 50, AbortSignal.abort());
  expect(run.environment.peakCheck?.denominator).toEqual({ refused: expect.stringContaining("interrupted") });
});

it.each([
  [
    "names it and exits with 1 where a cell is above the peak",
    10,
    1,
    /ts\/node is at 136 % of what wasm-wide can reach/,
  ],
  ["has nothing to say where none is", 50, 0, /Run file/],
])("mnb run %s", async (_, peak, status, said) => {
  const begun = await begin(runsFolder(), peak, peak);
  await begun.part.end();
  const errors = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await runCommand().parseAsync(["--resume", begun.folder.start.id], { from: "user" });
  expect(process.exitCode ?? 0).toBe(status);
  const text = errors.mock.calls.map(([chunk]) => String(chunk)).join("");
  expect(text).toMatch(said);
  expect(text.includes("can reach")).toBe(status === 1);
});
