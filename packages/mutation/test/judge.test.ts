import { describe, expect, it } from "vitest";
import { differences, judgeBackend } from "../src/judge.ts";
import type { Checked } from "../src/run-check.ts";

const CHECKED: Checked = {
  status: "mismatch",
  exitCode: 1,
  layer: "AvgPool",
  mode: "fed",
  reasons: ["Wrong."],
};

describe("a check with a fault in it", () => {
  const fault = { layer: "AvgPool", mode: "fed" } as const;

  it.each<[string, Checked]>([
    ["caught", CHECKED],
    ["misnamed", { ...CHECKED, layer: "Logits" }],
    ["misnamed", { ...CHECKED, mode: "chained" }],
    ["misnamed", { ...CHECKED, exitCode: 0 }],
    ["misnamed", { status: "crash", exitCode: 1, reasons: [] }],
    ["passed", { status: "ok", exitCode: 0, reasons: [] }],
    ["unsupported", { status: "unsupported", exitCode: 0, reasons: [] }],
  ])("is %s", (outcome, checked) => {
    expect(judgeBackend(fault, checked)).toBe(outcome);
  });

  it("is held to all that a control says, and to no more", () => {
    const verdict = { ...CHECKED, position: [1, 2, 3] };
    expect(differences({ verdict }, { ...verdict, bitsDiffer: ["order"], top1Agrees: true })).toEqual([]);
    expect(differences({ verdict }, { ...verdict, position: [2, 1, 3] })).toEqual(["place 2, 1, 3"]);
    expect(differences({ verdict }, { status: "ok", exitCode: 0, reasons: [] })).toEqual([
      "status ok",
      "exit status 0",
      "layer undefined",
      "mode undefined",
      "place undefined",
    ]);
    expect(differences({ verdict: { status: "mismatch" } }, CHECKED)).toEqual(["layer AvgPool", "mode fed"]);
    expect(differences({ verdict }, { ...verdict, exitCode: 0 })).toEqual(["exit status 0"]);
  });
});
