import { describe, expect, it } from "vitest";
import { historyRun } from "../../src/history/history-run.ts";
import { makeHistory } from "../../src/history/make-history.ts";
import { runSchema, type OkCell } from "../../src/schema.ts";
import { simulatedRun } from "../../src/simulation/simulated-run.ts";
import { simulateNights } from "../../src/simulation/simulate-nights.ts";
import { SIMULATED_CELLS } from "../../src/simulation/simulated-cells.ts";
import { planYear } from "../../src/simulation/year-plan.ts";
import { RUN } from "../run.ts";

const [CELL] = RUN.cells;

describe("historyRun", () => {
  it("has of a short run the median, and of a failed cell the reason", () => {
    const { cells, simulated } = historyRun(RUN);
    expect(simulated).toBeUndefined();
    expect(cells[0]?.figure).toEqual({ ms: 8, basis: "median", software: false });
    expect(cells[1]).toMatchObject({ status: "unsupported", reason: "The native library is missing." });
    expect(cells[1]).not.toHaveProperty("figure");
  });

  it("has of a run of four minutes and more the figure at reference clock, and says what is simulated", () => {
    const [night] = simulateNights(planYear(1, 50, SIMULATED_CELLS.slice(0, 20)));
    if (!night) throw new Error("There are fifty nights.");
    const run = runSchema.parse(simulatedRun(night));
    const told = historyRun(run);
    expect(told.simulated).toBe(night.simulated);
    expect(told.cells.map(({ id, figure }) => [id, figure])).toEqual(
      night.cells.map(({ id, figure }) => [id, figure]),
    );
    expect(told.cells.map(({ facts: { library, browser } }) => ({ library, browser }))).toEqual(
      night.cells.map(({ facts: { library, browser } }) => ({
        library,
        browser: browser && { ...browser, options: expect.any(String) },
      })),
    );
  });

  it("tells a device's figure, and a processor in its place", () => {
    if (CELL?.status !== "ok") throw new Error("The run of tests begins with a figure.");
    const onAdapter = (kind: string): OkCell => ({ ...CELL, actual: { adapter: { class: kind } } });
    const figureOf = (cell: OkCell) => historyRun({ ...RUN, cells: [cell] }).cells[0]?.figure;
    expect(figureOf(onAdapter("hardware"))).toMatchObject({ basis: "device", software: false });
    expect(figureOf(onAdapter("software"))).toMatchObject({ basis: "device", software: true });
  });

  it("is of another kind where the protocol or what is computed on is another", () => {
    const kinds = [
      RUN,
      { ...RUN, protocol: { ...RUN.protocol, sets: 8 } },
      { ...RUN, weights: { name: "w.onnx", sha256: "ab" } },
      { ...RUN, picture: { name: "p.png", sha256: "ab" } },
    ].map((run) => historyRun(run).kind);
    expect(new Set(kinds).size).toBe(4);
    expect(historyRun({ ...RUN, id: "another" }).kind).toBe(kinds[0]);
  });

  it("leaves out a latency of nothing", () => {
    if (CELL?.status !== "ok") throw new Error("The run of tests begins with a figure.");
    const cell: OkCell = { ...CELL, latency: { ...CELL.latency, median: 0 } };
    expect(makeHistory([historyRun({ ...RUN, cells: [cell] })]).series).toEqual([]);
  });
});
