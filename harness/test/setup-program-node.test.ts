import { expect, it } from "vitest";
import { isEnough, programNode } from "../setup/program-node.mjs";

it.each([
  ["v24.21.0", true],
  ["v22.12.0", true],
  ["v22.11.9", false],
  ["v20.20.2", false],
  ["v100.0.0", true],
])("%s is enough for the packages: %s", (version, expected) => {
  expect(isEnough(version)).toBe(expected);
});

it("is the Node that these tests run on", () => {
  expect(programNode()?.version).toBe(process.version);
});
