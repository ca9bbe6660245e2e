import { appendFile, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import stringWidth from "string-width";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calibrationOf, type CalibrationLine } from "@mobilenet-bench/results";
import { readCalibration } from "@mobilenet-bench/results/store";
import { shortModelName } from "@mobilenet-bench/spec";
import { recordCalibration } from "../src/calibrate/calibrate.ts";
import { CalibrationFolder, type KeptStart } from "../src/calibrate/calibration-folder.ts";
import { reportOfCalibration } from "../src/calibrate/report/calibration-report.ts";
import { renderCalibrationText } from "../src/calibrate/report/calibration-text.ts";
import { writeReport } from "../src/calibrate/report/write-report.ts";
import { openedWith } from "../src/target/opened-with.ts";
import { stretchesOf } from "../src/calibrate/stretches.ts";
import { timeToGo } from "../src/calibrate/time-to-go.ts";
import { PAIR_PROTOCOL } from "../src/pair/pair-protocol.ts";
import { Part } from "../src/run/parts.ts";
import type { Target } from "../src/target/target.ts";
import { ENVIRONMENT } from "./support/environment.ts";
import { purpose } from "./support/purpose.ts";
import { targetOf, wrongBackend } from "./support/wrong-backends.ts";

const CELL = "mobilenet_v1_0.25_32/wasm/node";
const RIGHT = targetOf(wrongBackend(() => ({})));

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "calibrate-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (changes: Partial<KeptStart> = {}): KeptStart => ({
  kind: "start",
  version: 1,
  id: "2026-01-02T03-04-05-1-abcdef",
  startedAt: "2026-01-02T03:04:05.000Z",
  seed: 1,
  cells: [CELL],
  slowDowns: [0, 0.3],
  pairs: 3,
  stretch: 2,
  besideLoad: false,
  protocol: { ...PAIR_PROTOCOL, warmUpMs: 1, blockMs: 1, rounds: 1 },
  environment: ENVIRONMENT,
  modules: {},
  browser: {},
  output: folder,
  ...changes,
});

const numbersOf = (lines: readonly CalibrationLine[], slowDown: number) =>
  lines.filter((line) => line.slowDown === slowDown).map(({ record }) => record.pair);

/** Records until there are so many pairs, as if interrupted then. */
async function record(calibration: CalibrationFolder, most = Infinity, node: Target = RIGHT) {
  const part = await Part.begin(calibration.parts, ENVIRONMENT);
  const interrupt = new AbortController();
  const failed: string[] = [];
  let pairs = 0;
  await recordCalibration(calibration, part, {
    signal: interrupt.signal,
    targets: () => ({ node }),
    onPair: () => ++pairs >= most && interrupt.abort(new Error("enough")),
    onStretch: () => {},
    onFailure: (cell, { status }) => failed.push(`${cell} ${status}`),
  });
  await part.end();
  return failed;
}

describe("a calibration", () => {
  it("loses nothing that was recorded, and records nothing twice", async () => {
    const began = await CalibrationFolder.create(folder, start());
    await record(began, 2);
    expect(await began.lines()).toHaveLength(2);
    // Killed in the middle of a line.
    await appendFile(join(began.path, "pairs", "0001.jsonl"), '{"kind":"pair","cell":"mobi');
    const again = await CalibrationFolder.open(folder, "last");
    await record(again);
    const lines = await again.lines();
    expect(numbersOf(lines, 0)).toEqual([0, 1, 2]);
    expect(numbersOf(lines, 0.3)).toEqual([0, 1, 2]);
    const path = await again.publish(join(folder, "published"));
    expect(await readCalibration(path)).toEqual(calibrationOf((await readCalibration(path)).start, lines));
    await again.remove();
    await expect(CalibrationFolder.open(folder, "last")).rejects.toThrow("None is unfinished");
  });

  it("goes on with other cells where one fails, and tries it again when it goes on", async () => {
    const other = "mobilenet_v1_0.25_32/ts/node";
    const calibration = await CalibrationFolder.create(folder, start({ cells: [CELL, other], pairs: 1 }));
    const wrong: Target = {
      ...RIGHT,
      open: (purpose, signal) =>
        purpose.backend === "ts" ? Promise.reject(new Error("no such thing")) : RIGHT.open(purpose, signal),
    };
    expect(await record(calibration, Infinity, wrong)).toEqual([`${other} infra`]);
    expect(await calibration.lines()).toHaveLength(2);
    expect(await record(calibration)).toEqual([]);
    expect(await calibration.lines()).toHaveLength(4);
  });

  it("records each pair of each series once, in stretches that take turns", () => {
    const few = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(few, few, fc.integer({ min: 0, max: 99 }), (pairs, stretch, seed) => {
        const cells = ["a", "b"];
        const plan = stretchesOf({ cells, slowDowns: [0, 0.03], pairs, stretch, seed });
        const numbers = plan
          .filter(({ cell, slowDown }) => cell === "b" && slowDown === 0.03)
          .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
        expect(numbers).toEqual(Array.from({ length: pairs }, (_, i) => i));
        const series = plan.slice(0, 4).map(({ cell, slowDown }) => `${cell} ${slowDown}`);
        expect(new Set(series).size).toBe(4);
        expect(stretchesOf({ cells, slowDowns: [0, 0.03], pairs, stretch, seed })).toEqual(plan);
      }),
    );
  });

  it("refuses a runner that does not slow down", async () => {
    const deaf: Target = {
      ...RIGHT,
      open: async (purpose, signal) => {
        const runner = await RIGHT.open(purpose, signal);
        return {
          kill: () => runner.kill(),
          request: (job, details, deadlineMs) =>
            runner.request(job, { ...details, slowDown: undefined }, deadlineMs),
        };
      },
    };
    const runner = await openedWith(deaf, { slowDown: 0.03 }).open(purpose("ts"));
    const open = { backend: "ts", options: {}, model: { name: "mobilenet_v1_0.25_32" }, source: { seed: 1 } };
    await expect(runner.request("open", open, 10_000)).rejects.toMatchObject({
      failure: { status: "infra" },
    });
  });
});

describe("the report of a calibration", () => {
  const cells = ["mobilenet_v1_0.5_160/ort-node/node", "mobilenet_v1_1.0_224/tfjs-wasm/chrome"];
  const lines = cells.flatMap((cell) =>
    [0, 0.03].flatMap((slowDown) =>
      Array.from({ length: 60 }, (_, pair): CalibrationLine => {
        const ms = 2 * (1 + slowDown) * Math.exp(((pair % 5) - 2) / 1000);
        return {
          kind: "pair",
          cell,
          slowDown,
          record: {
            pair,
            startedAt: "2026-01-02T03:04:05.000Z",
            seconds: 2,
            core: null,
            unpinned: "threads",
            startedFirst: "base",
            beganWith: "base",
            baseMs: [2, 2],
            candidateMs: [ms, ms],
            load1: 0,
            steal: null,
          },
        };
      }),
    ),
  );
  const calibration = calibrationOf(start({ cells, slowDowns: [0, 0.03], pairs: 60 }), lines);
  const report = reportOfCalibration(calibration, 20);

  it("fits 80 columns", () => {
    const text = renderCalibrationText(report);
    expect(Math.max(...text.split("\n").map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    expect(text).toContain("+3 % u");
    expect(text).toMatch(/A\/A u +60 +0\/1 \(0–98 %\)/);
  });

  it("is Markdown with plots that are whole files", async () => {
    const path = await writeReport(folder, report);
    const text = await readFile(path, "utf8");
    const named = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file = ""]) => file);
    expect(named).toHaveLength(2);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(named));
    for (const file of named) {
      const svg = await readFile(join(folder, file), "utf8");
      new SaxesParser({ xmlns: true }).write(svg).close();
      expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
      expect(svg).not.toMatch(/NaN|undefined/);
      // Black on white, whatever the page: the ground is drawn before all else.
      const [, opening = "", ground = ""] = /^(<svg [^>]*>)(<rect [^>]*>)/.exec(svg) ?? [];
      expect(opening).toMatch(/style="[^"]*\bcolor: ?black/);
      for (const attribute of ['width="100%"', 'height="100%"', 'fill="white"'])
        expect(ground).toContain(attribute);
    }
    const differences = await readFile(join(folder, named[1] ?? ""), "utf8");
    for (const cell of cells) expect(differences).toContain(`>${shortModelName(cell)}<`);
  });

  it("tells how long the rest takes, as long as what was recorded took", () => {
    const planned = { cells, pairs: 70, slowDowns: [0, 0.03] };
    expect(timeToGo(planned, lines)).toBe(2 * (140 - 120) * 2000);
    expect(timeToGo(planned, [])).toBeGreaterThan(0);
  });
});
