import { readFileSync } from "node:fs";
import { wcagContrast } from "culori";
import { describe, expect, it } from "vitest";
import { FAMILIES } from "../../src/marks/index.ts";
import { parseTokens, type Colours } from "../../src/style/tokens.ts";
import { distance, VISIONS } from "../support/deficiency.ts";

const { light, dark } = parseTokens(
  readFileSync(new URL("../../src/style/tokens.css", import.meta.url), "utf8"),
);
const schemes: readonly (readonly [string, Colours])[] = [
  ["light", light],
  ["dark", dark],
];

/** Of text, and of marks, whose names stand in the same colour nowhere: WCAG 1.4.3 (4.5) and 1.4.11 (3). */
const CONTRASTS: Readonly<Record<string, number>> = {
  ink: 4.5,
  "ink-2": 4.5,
  "ink-3": 4.5,
  broken: 4.5,
  "look-again": 4.5,
  link: 4.5,
  rule: 3,
};
/** Families that are told apart by colour; what is from outside is in ink, like the letters. */
const COLOURED = ["ours", "tfjs", "ort", "litert", "reference"] as const;
/** Plain at a glance: the smallest distance between two families, to any eyes. */
const APART = 18;
const FROM_INK = 14;

function of(colours: Colours, name: string): string {
  const colour = colours.get(name);
  if (colour === undefined) throw new Error(`tokens.css has no --${name}`);
  return colour;
}

describe.each(schemes)("the %s scheme", (_, colours) => {
  it.each(["page", "surface"])("can be read on the %s", (ground) => {
    const low = Object.entries(CONTRASTS).filter(
      ([name, least]) => wcagContrast(of(colours, name), of(colours, ground)) < least,
    );
    expect(low).toEqual([]);
  });

  it.each(["page", "surface"])("has families that stand out from the %s like text", (ground) => {
    const low = Object.keys(FAMILIES).filter(
      (family) => wcagContrast(of(colours, `family-${family}`), of(colours, ground)) < 4.5,
    );
    expect(low).toEqual([]);
  });

  it.each(VISIONS)("has families that %s eyes tell apart", (vision) => {
    const pairs = COLOURED.flatMap((one, i) => COLOURED.slice(0, i).map((other) => [one, other] as const));
    const close = pairs.filter(
      ([one, other]) =>
        distance(of(colours, `family-${one}`), of(colours, `family-${other}`), vision) < APART,
    );
    expect(close).toEqual([]);
  });

  it.each(VISIONS)("has families that %s eyes tell from ink", (vision) => {
    const ink = of(colours, "ink");
    const close = COLOURED.filter(
      (family) => distance(of(colours, `family-${family}`), ink, vision) < FROM_INK,
    );
    expect(close).toEqual([]);
  });
});

it("has a token for every family and no family without one", () => {
  for (const [, colours] of schemes) {
    const named = [...colours.keys()].filter((name) => name.startsWith("family-"));
    expect(named).toEqual(Object.keys(FAMILIES).map((family) => `family-${family}`));
  }
});

it("tells families apart by dashes, too", () => {
  const dashes = Object.values(FAMILIES).map((family) => ("dash" in family ? family.dash : "solid"));
  expect(new Set(dashes).size).toBe(dashes.length);
});

describe("what is measured with", () => {
  // Sharma, Wu & Dalal, 2005, and WCAG's own extremes.
  it("knows black from white", () => {
    expect(distance("#000000", "#ffffff", "normal")).toBeCloseTo(100, 1);
    expect(wcagContrast("#000000", "#ffffff")).toBeCloseTo(21, 1);
  });

  it("sees red and green alike with deutan eyes only", () => {
    const [red, green] = ["#b35306", "#5a7a00"];
    expect(distance(red, green, "deutan")).toBeLessThan(distance(red, green, "normal") / 2);
    expect(distance(red, green, "tritan")).toBeGreaterThan(20);
  });
});
