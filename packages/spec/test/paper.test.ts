import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  comparePaper,
  PAPER_DIFFERENCES,
  PAPER_ROWS,
  SpecError,
  type PaperQuantity,
} from "@mobilenet-bench/spec";

const comparisons = comparePaper();

function sum(values: readonly string[]): number {
  return values.reduce((total, value) => total + Number(value), 0);
}

function find(table: number, row: string, quantity: PaperQuantity) {
  return comparisons.find(
    (figure) => figure.table === table && figure.row === row && figure.quantity === quantity,
  );
}

test("every printed figure is compared once", () => {
  const printed = PAPER_ROWS.flatMap((row) =>
    Object.keys(row.printed).map((key) => [row.table, row.row, key]),
  );
  const compared = comparisons.map(({ table, row, quantity }) => [table, row, quantity]);
  expect(new Set(compared.map(String)).size).toBe(compared.length);
  expect(new Set(compared.map(String))).toEqual(new Set(printed.map(String)));
  expect(new Set(comparisons.map(({ table }) => table))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
});

test("every difference is explained, and no explanation is unused", () => {
  const differing = comparisons.filter(({ agreement }) => agreement === "differs");
  expect(differing.map(({ table, row, quantity }) => [table, row, quantity])).toEqual(
    PAPER_DIFFERENCES.map(({ table, row, quantity }) => [table, row, quantity]),
  );
  for (const figure of differing) expect(figure).toHaveProperty("why", expect.stringMatching(/\w{3,}.*\.$/));
});

test("the README shows the differences that there are", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const rows = readme.match(/^\| \d+ .*$/gm) ?? [];
  const differing = comparisons.filter((figure) => figure.agreement === "differs");
  expect(rows).toHaveLength(differing.length);
  for (const [i, { table, published, computed, quantity }] of differing.entries()) {
    const [, shownTable, , shownPublished, shownComputed] = (rows[i] ?? "")
      .split("|")
      .map((cell) => cell.trim());
    expect(shownTable).toBe(String(table));
    const [a, b] = [shownPublished ?? "absent", shownComputed ?? "absent"].map((cell) =>
      cell.replace(" %", ""),
    );
    // A layer's row tells the stride alone, a share has as many digits as were printed.
    expect(published).toContain(a);
    expect(quantity.startsWith("share") ? Number(computed).toFixed(2) : computed).toContain(b);
  }
});

test("a difference without an explanation is refused", () => {
  expect(() => comparePaper(PAPER_ROWS, [])).toThrow(SpecError);
  expect(() => comparePaper(PAPER_ROWS, PAPER_DIFFERENCES.slice(1))).toThrow(/table 1, row 26.*record the/);
});

test("an explanation does not hide that a figure agrees", () => {
  const needless = { table: 4, row: "MobileNet", quantity: "mult-adds", why: "None." } as const;
  const figures = comparePaper(PAPER_ROWS, [...PAPER_DIFFERENCES, needless]);
  expect(figures).toEqual(comparisons);
});

describe("known places", () => {
  test("agreement is rounding to the printed digits", () => {
    expect(find(6, "1.0 MobileNet-224", "mult-adds")).toEqual({
      table: 6,
      row: "1.0 MobileNet-224",
      quantity: "mult-adds",
      published: "569",
      computed: "568.74",
      agreement: "agrees",
    });
    expect(find(9, "0.50 MobileNet-160", "params")).toMatchObject({ published: "1.32", computed: "1.3196" });
  });

  test.each([
    [1, "row 26", "layer", "Conv dw · s1 · 3×3×1024 dw · 7×7×1024"],
    [2, "Conv 3×3", "share of mult-adds", "1.9056"],
    [4, "Conv MobileNet", "mult-adds", "4867.29"],
    [7, "1.0 MobileNet-160", "mult-adds", "290.68"],
    [10, "1.0 MobileNet-224", "mult-adds", "567.84"],
  ] as const)("table %i, %s differs", (table, row, quantity, computed) => {
    expect(find(table, row, quantity)).toMatchObject({ agreement: "differs", computed });
  });

  test("the printed shares of mult-adds do not add up to 100 %, the computed ones do", () => {
    const shares = comparisons.filter(({ quantity }) => quantity === "share of mult-adds");
    expect(sum(shares.map(({ published }) => published))).toBeCloseTo(99.29, 6);
    expect(sum(shares.map((share) => (share.agreement === "quoted" ? "" : share.computed)))).toBeCloseTo(
      100,
      3,
    );
  });

  test("other networks and accuracies are quoted, with the reason", () => {
    for (const row of ["GoogleNet", "VGG 16", "SqueezeNet", "AlexNet", "Inception V3"]) {
      const figures = comparisons.filter((figure) => figure.row === row);
      expect(figures).toHaveLength(3);
      for (const figure of figures) expect(figure.agreement).toBe("quoted");
    }
    expect(find(5, "Shallow MobileNet", "ImageNet top-1")).toMatchObject({
      agreement: "quoted",
      published: "65.3",
    });
    expect(find(10, "0.75 MobileNet-192", "Stanford Dogs top-1")).toMatchObject({ agreement: "quoted" });
  });

  test("only accuracies and other networks are quoted", () => {
    const quoted = comparisons.filter(({ agreement }) => agreement === "quoted");
    const others = new Set(
      PAPER_ROWS.filter(({ subject }) => subject.kind === "other").map(({ row }) => row),
    );
    for (const { row, quantity } of quoted) expect(others.has(row) || quantity.endsWith("top-1")).toBe(true);
  });
});
