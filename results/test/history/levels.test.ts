import { describe, expect, it } from "vitest";
import { levelChanges } from "../../src/history/levels.ts";

const flat = (length: number, log: number) => Array.from({ length }, () => log);

describe("levelChanges", () => {
  it("tells how large each change is, from median to median", () => {
    const logs = [...flat(10, 0), ...flat(10, 0.1), 5, ...flat(9, 0.04)];
    const changes = levelChanges(logs, [
      { at: 10, p: 0.001 },
      { at: 20, p: 0.001 },
    ]);
    expect(changes.map(({ at, step }) => [at, Number(step.toFixed(3))])).toEqual([
      [10, 0.1],
      [20, -0.06],
    ]);
  });

  it("leaves out what is within the margin of verdicts", () => {
    const logs = [...flat(10, 0), ...flat(10, 0.01), ...flat(10, 0.2)];
    const found = [10, 20].map((at) => ({ at, p: 0.001 }));
    expect(levelChanges(logs, found).map(({ at }) => at)).toEqual([20]);
  });

  it("leaves of a drift in small steps as many as are larger than that", () => {
    const logs = Array.from({ length: 100 }, (_, i) => Math.floor(i / 10) * 0.01);
    const found = Array.from({ length: 9 }, (_, i) => ({ at: 10 * (i + 1), p: 0.001 }));
    const changes = levelChanges(logs, found);
    expect(changes.length).toBeGreaterThanOrEqual(2);
    expect(changes.length).toBeLessThan(9);
    for (const { step } of changes) expect(step).toBeGreaterThan(0.015);
  });
});
