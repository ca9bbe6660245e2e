import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRun } from "@mobilenet-bench/results/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "@mobilenet-bench/results";
import { callMnb } from "./support/call-mnb.ts";
import { okCell } from "./cells.ts";
import { runOf } from "./runs.ts";

const MODEL = "mobilenet_v1_0.5_160";

/** A run a day, of two cells, the second twice as slow. */
const runs = [2.4, 2.44, 2.41, 2.6, 2.43].map((ms, day) => {
  const startedAt = new Date(Date.UTC(2026, 0, 2 + day)).toISOString();
  const blocks = (factor: number) =>
    Array.from({ length: 8 }, (_, round) => ({
      set: 0,
      round,
      startedAt,
      inferences: 10,
      medianMs: ms * factor * (1 + round / 1000),
      minMs: ms * factor,
      steal: 0,
    }));
  const cells = [
    okCell(MODEL, "ort-node", ms, { blocks: blocks(1) }),
    okCell(MODEL, "wasm", 2 * ms, { blocks: blocks(2) }),
  ];
  return runOf(cells, { id: `2026-01-0${2 + day}T00-00-00-1`, startedAt });
});

let folder = "";
let paths: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-coverage-"));
  paths = [];
  for (const run of runs) paths.push(await writeRun(folder, run));
});
afterAll(() => rm(folder, { recursive: true }));

describe("mnb coverage", () => {
  it("tells of each kind of interval what it contains of the other runs, in 80 columns", async () => {
    const { stdout, exitCode, stderr } = await callMnb(["coverage", folder]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("Coverage over 5 runs, 2026-01-02 00:00 to");
    const lines = stdout.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.find((line) => line.startsWith("median within this run"))).toMatch(/\(\d+\/40\)/);
    expect(lines.find((line) => line.startsWith("another run here"))).toMatch(/\(\d+\/16\)/);
    // All ratios are the same, so each interval holds all of them.
    expect(lines.find((line) => line.startsWith("× fastest"))).toContain("100 % (20/20)");
    expect(lines.filter((line) => line.startsWith("  0.5_160/wasm/node"))).toHaveLength(3);
    expect(stdout).toMatch(/^right +83 % +95 % +0\.6 %$/m);
  });

  it("tells the same as Markdown and as JSON", async () => {
    const markdown = await callMnb(["coverage", ...paths, "--format", "markdown"]);
    expect(markdown.stdout).toContain("| × fastest within this run | all cells");
    const { stdout } = await callMnb(["coverage", ...paths, "--json"]);
    const told: { runs: string[]; cells: { cell: string; interval: string }[] } = JSON.parse(stdout);
    expect(told.runs).toEqual(runs.map(({ id }) => id));
    expect(told.cells.map(({ interval }) => interval)).toEqual(
      expect.arrayContaining(["median", "ratio", "history"]),
    );
  });

  it.each<[string, () => Promise<string[]>, RegExp]>([
    ["too few runs", () => Promise.resolve(paths.slice(0, 2)), /three runs of the same cells at least/],
    ["a run named twice", () => Promise.resolve([...paths, ...paths.slice(0, 1)]), /named twice/],
    [
      "a run of another machine",
      async () => [...paths.slice(0, 3), await writeRun(join(folder, "other"), otherMachine())],
      /another machine or protocol/,
    ],
    ["runs that share no cell", async () => await withoutCells(), /No cell was measured in three/],
    ["a name that fits none", () => Promise.resolve(["no-such-run"]), /There is no run "no-such-run"/],
  ])("refuses %s", async (_, names, message) => {
    const { stderr, exitCode } = await callMnb(["coverage", ...(await names())]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

function otherMachine(): Run {
  const [run] = runs;
  return { ...run!, environment: { ...run!.environment, machine: "def" } };
}

async function withoutCells(): Promise<string[]> {
  const written: string[] = [];
  for (const run of runs.slice(0, 3))
    written.push(await writeRun(join(folder, "empty"), { ...run, cells: [] }));
  return written;
}
