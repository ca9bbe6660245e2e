import { expect, it } from "vitest";
import { matchesModel } from "../src/plan/match-model.ts";
import { matchesNames } from "../src/plan/matches-names.ts";

const NAMES = ["ts", "wasm", "ort-node", "ort-wasm", "tfjs-cpu"];

it.each([
  [[], NAMES],
  [["ts"], ["ts"]],
  [
    ["ort-*", "ts"],
    ["ts", "ort-node", "ort-wasm"],
  ],
  [["!ort-*"], ["ts", "wasm", "tfjs-cpu"]],
  [
    ["!ort-*", "!tfjs-*"],
    ["ts", "wasm"],
  ],
  [["*wasm", "!ort-*"], ["wasm"]],
  [["!(ts|wasm)"], ["ort-node", "ort-wasm", "tfjs-cpu"]],
])("%j chooses", (patterns, chosen) => {
  expect(NAMES.filter(matchesNames(patterns))).toEqual(chosen);
});

it("takes models away by either of their names", () => {
  const models = ["mobilenet_v1_1.0_224", "mobilenet_v1_0.5_160", "mobilenet_v1_0.5_128"];
  for (const prefix of ["", "mobilenet_v1_"])
    expect(models.filter(matchesModel([`${prefix}0.5_*`, `!${prefix}0.50_128`]))).toEqual(models.slice(1, 2));
});
