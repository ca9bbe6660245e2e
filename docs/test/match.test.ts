import fc from "fast-check";
import { expect, it } from "vitest";
import { matches } from "../src/state/match.ts";

it.each([
  ["wasm", [], true],
  ["wasm", ["wasm"], true],
  ["tfjs-wasm", ["wasm"], false],
  ["tfjs-wasm", ["*wasm"], true],
  ["tfjs-wasm", ["tfjs-*", "ts"], true],
  ["tfjs-wasm", ["!tfjs-*"], false],
  ["tfjs-wasm", ["tfjs-*", "!*-wasm"], false],
  ["ort-node", ["!tfjs-*"], true],
  ["ts", ["!*"], false],
  ["aa", ["a*a*a"], false],
  ["aba", ["a*b*a"], true],
  ["ab", ["ab*b"], false],
])("%s of %j: %s", (name, patterns, expected) => {
  expect(matches(name, patterns)).toBe(expected);
});

it("finds what a regular expression finds", () => {
  const text = fc.stringMatching(/^[ab]{0,8}$/);
  const pattern = fc.stringMatching(/^[ab*]{1,6}$/);
  fc.assert(
    fc.property(text, pattern, (name, glob) => {
      const expected = new RegExp(`^${glob.replaceAll("*", ".*")}$`).test(name);
      expect(matches(name, [glob])).toBe(expected);
    }),
  );
});

it("of a long pattern takes no time", () => {
  expect(matches("a".repeat(5000), [`${"a*".repeat(90)}b`])).toBe(false);
});
