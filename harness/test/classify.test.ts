import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLabels } from "../src/classify/labels.ts";
import { rank, wilson } from "../src/classify/rank.ts";
import { sideBySide } from "../src/classify/side-by-side.ts";
import { score } from "../src/classify/score.ts";

describe("rank", () => {
  it("orders classes by logit, and gives probabilities that add up to 1", () => {
    const logits = fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(logits, (values) => {
        const ranked = rank(values, values.length);
        expect(ranked.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        for (const [i, { index }] of ranked.entries())
          if (i > 0) expect(values[index]!).toBeLessThanOrEqual(values[ranked[i - 1]!.index]!);
      }),
    );
  });

  it("is softmax: a logit larger by ln 3 is three times as likely; of equals the first class comes first", () => {
    const [first, second, third] = rank(Float64Array.of(0, Math.log(3), 0), 5);
    expect(first).toEqual({ index: 1, probability: expect.closeTo(0.6, 12) });
    expect([second?.index, third?.index]).toEqual([0, 2]);
  });

  it("bears logits that exp cannot", () => {
    expect(rank(Float32Array.of(1e30, -1e30), 1)).toEqual([{ index: 0, probability: 1 }]);
  });
});

describe("wilson", () => {
  it("gives the published interval of 81 in 263", () => {
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    const [low, high] = wilson(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it("stays within 0 and 1 and holds the share", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), (trials, some) => {
        const successes = Math.min(some, trials);
        const [low, high] = wilson(successes, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / trials + 1e-12);
        expect(high).toBeGreaterThanOrEqual(successes / trials - 1e-12);
      }),
    );
  });
});

describe("score", () => {
  it("counts what is right, what is among five, and what the reference says too", () => {
    const logits = [
      Float32Array.of(9, 1, 2, 3, 4, 5, 6),
      Float32Array.of(9, 1, 2, 3, 4, 5, 6),
      Float32Array.of(9, 1, 2, 3, 4, 5, 6),
    ];
    const reference = [Float64Array.of(9, 0, 0), Float64Array.of(0, 9, 0), Float64Array.of(9, 0, 0)];
    expect(score(logits, [0, 3, 1], reference)).toMatchObject({
      pictures: 3,
      correct: 1,
      top1: 1 / 3,
      top5: 2 / 3,
      agreeing: 2,
    });
  });
});

describe("readLabels", () => {
  async function file(text: string): Promise<string> {
    const path = join(await mkdtemp(join(tmpdir(), "mnb-labels-")), "labels.txt");
    await writeFile(path, text);
    return path;
  }

  it("reads lines and JSON", async () => {
    expect(await readLabels(await file("cat\r\ndog\n"), { classes: 2 })).toEqual(["cat", "dog"]);
    expect(await readLabels(await file('["cat", "dog"]'), { classes: 2 })).toEqual(["cat", "dog"]);
  });

  it.each([
    ["cat\n", /names 1 classes, and the model has 2/],
    ["[1, 2]", /is no JSON array of names/],
    ["[", /is no JSON array of names/],
  ])("refuses %j", async (text, message) => {
    await expect(readLabels(await file(text), { classes: 2 })).rejects.toThrow(message);
  });
});

describe("sideBySide", () => {
  const opinion = (name: string, ...order: number[]) => ({
    name,
    ranked: order.map((index, place) => ({ index, probability: 0.5 / (place + 1) })),
  });
  const label = (index: number) => `class ${index}`;

  it("has a row for every class that anyone puts first, and tells other places", () => {
    const text = sideBySide([opinion("reference", 2, 0, 1), opinion("ts", 0, 2, 1)], label, {
      shown: 1,
      columns: 80,
    });
    expect(text.split("\n")).toEqual([
      "%        reference          ts",
      "class 2       50.0  25.0 (2nd)",
      "class 0       25.0  50.0 (1st)",
    ]);
  });

  it("keeps within the width, and leaves no opinion out", () => {
    const names = Array.from({ length: 12 }, (_, i) => `backend-${i}`);
    const opinions = names.map((name) => opinion(name, 0, 1, 2));
    const text = sideBySide([opinion("reference", 0, 1, 2), ...opinions], label, { shown: 5, columns: 60 });
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    for (const name of names) expect(text).toContain(name);
  });
});
