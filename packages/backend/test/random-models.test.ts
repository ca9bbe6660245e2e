import { describe, expect, it } from "vitest";
import { randomModelsFrom } from "../src/contract-suite/index.ts";

describe("randomModelsFrom", () => {
  it("is short and the same every time, unless the environment says otherwise", () => {
    expect(randomModelsFrom({})).toEqual({ runs: 4, seed: 1 });
    expect(randomModelsFrom({ MNB_NIGHTLY: "1" })).toEqual({ runs: 12, seed: 1 });
    expect(randomModelsFrom({ MNB_NIGHTLY: "1", MNB_CONTRACT_RUNS: "500", MNB_CONTRACT_SEED: "7" })).toEqual({
      runs: 500,
      seed: 7,
    });
    expect(randomModelsFrom({ MNB_CONTRACT_RUNS: "" })).toEqual({ runs: 4, seed: 1 });
  });

  it.each(["0", "-1", "many", "1.5"])("refuses %s runs", (runs) => {
    expect(() => randomModelsFrom({ MNB_CONTRACT_RUNS: runs })).toThrow(
      `[contract-suite] MNB_CONTRACT_RUNS is "${runs}". Use a whole number from 1.`,
    );
  });
});
