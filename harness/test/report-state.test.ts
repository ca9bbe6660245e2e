import { describe, expect, it } from "vitest";
import {
  describeLeftOut,
  describeState,
  marksOf,
  type Block,
  type Cell,
  type MachineState,
} from "@mobilenet-bench/results";
import { renderCsv } from "../src/report/csv.ts";
import { renderMarkdown } from "../src/report/markdown.ts";
import { reportOf } from "../src/report/report.ts";
import { renderTerminal } from "../src/report/terminal.ts";
import { okCell } from "./cells.ts";
import { runOf } from "./runs.ts";

const STEAL = "steal above 5 %";
const PRESSURE = "CPU pressure above 25 %";

function blocksOf(changes: readonly Partial<Block>[]): Block[] {
  const startedAt = "2026-01-02T03:04:05.000Z";
  return changes.map((change, round) => ({
    set: 0,
    round,
    startedAt,
    inferences: 4,
    medianMs: 8,
    minMs: 7,
    steal: 0,
    ...change,
  }));
}

const cellWith = (backend: string, changes: readonly Partial<Block>[]): Cell =>
  okCell("mobilenet_v1_0.5_160", backend, 8, { blocks: blocksOf(changes) });

const DISTURBED = [
  cellWith("ts", [{ excluded: STEAL }, {}, { excluded: PRESSURE }, { excluded: STEAL }]),
  cellWith("wasm", [{}, {}, {}, { excluded: STEAL }]),
  cellWith("ort-node", [{}, {}]),
];

describe("blocks that were left out", () => {
  it("are told by rule, with the cells that they are of", () => {
    expect(describeLeftOut(DISTURBED)).toEqual([
      `3 of 8 blocks of 0.5_160/ts/node, 0.5_160/wasm/node left out: ${STEAL}`,
      `1 of 4 blocks of 0.5_160/ts/node left out: ${PRESSURE}`,
    ]);
    const many = Array.from({ length: 9 }, (_, i) => cellWith(`b${i}`, [{ excluded: STEAL }, {}]));
    expect(describeLeftOut(many)).toEqual([`9 of 18 blocks of 9 cells left out: ${STEAL}`]);
    expect(describeLeftOut([cellWith("ts", [{}, {}])])).toEqual([]);
  });

  it("stand in every form", () => {
    const report = reportOf(runOf(DISTURBED));
    for (const text of [renderTerminal(report, { columns: 80, color: false }), renderMarkdown(report)])
      for (const line of describeLeftOut(DISTURBED)) expect(text).toMatch(inLine(line));
    const [titles = "", ...rows] = renderCsv(report).trimEnd().split(/\r?\n/);
    const column = titles.split(",").indexOf("blocks_left_out");
    expect(rows.map((row) => row.split(",")[column]).toSorted()).toEqual(["0", "1", "3"]);
    expect(rows.find((row) => row.startsWith("mobilenet_v1_0.5_160/ts/"))).toContain(
      `2 × ${STEAL}; 1 × ${PRESSURE}`,
    );
  });
});

/** Whatever Markdown puts before a character. */
function inLine(line: string): RegExp {
  return new RegExp(
    Array.from(line, (letter) => `\\\\?${letter.replace(/[.*+?^${}()|[\]\\]/, "\\$&")}`).join(""),
  );
}

describe("the state of the machine", () => {
  const state = (power: MachineState["power"]): MachineState => ({
    load1: 0,
    freeMemoryBytes: 1,
    steal: null,
    ...(power && { power }),
  });

  it("is told where it makes figures doubtful, and when it did", () => {
    const battery = state({ onBattery: true, level: 0.63 });
    const mains = state({ onBattery: false, level: 1 });
    const saving = state({ lowPower: true });
    expect(describeState({ before: mains, after: mains })).toEqual([]);
    expect(describeState({ before: state(undefined) })).toEqual([]);
    expect(describeState({ before: battery, after: battery })).toEqual([
      "The machine was on battery (63 %): clocks may be lower than on mains.",
    ]);
    expect(describeState({ before: mains, after: battery })[0]).toMatch(/only when the run ended/);
    expect(describeState({ before: battery, after: mains })[0]).toMatch(/only when the run began/);
    expect(describeState({ before: saving })).toHaveLength(1);
  });

  it("stands above tables", () => {
    const run = runOf(DISTURBED);
    const { environment } = run;
    const report = reportOf({ ...run, environment: { ...environment, before: state({ onBattery: true }) } });
    expect(renderTerminal(report, { columns: 80, color: false })).toContain("The machine was on battery");
    expect(renderMarkdown(report)).toContain("The machine was on battery");
  });
});

describe("marks", () => {
  const { environment } = runOf([]);
  const words = (cell: Cell, availableCores?: number) =>
    marksOf(cell, {
      ...environment,
      cpu: { ...environment.cpu, ...(availableCores !== undefined && { availableCores }) },
    }).map(({ word }) => word);
  const threads = (count: number) => okCell("mobilenet_v1_0.5_160", "ts", 8, { options: { threads: count } });

  it("count the cores that the process may use, where that was told", () => {
    expect(words(threads(2))).toEqual([]);
    expect(words(threads(3))).toEqual(["more threads than cores"]);
    expect(words(threads(2), 1)).toEqual(["more threads than cores"]);
    expect(words(threads(3), 4)).toEqual([]);
  });

  it("tell that cores were slowed down for heat", () => {
    expect(words(cellWith("ts", [{ thermalThrottles: 0 }, {}]))).toEqual([]);
    expect(words(cellWith("ts", [{}, { thermalThrottles: 2 }]))).toEqual(["slowed for heat"]);
  });
});
