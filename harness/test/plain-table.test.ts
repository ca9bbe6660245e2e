import * as fc from "fast-check";
import pc from "picocolors";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { PlainTable } from "../src/report/plain-table.ts";

describe("PlainTable", () => {
  it("sets columns apart by two spaces, whatever colours, widths and lines they have", () => {
    const { bold } = pc.createColors(true);
    const table = new PlainTable(["left", "right", "left"]);
    table.push(
      [{ content: "name", vAlign: "bottom" }, "median\nms", "status"],
      [{ content: "a heading that is longer than all columns", colSpan: 3 }],
      [bold("wasm"), "1.5", "ok"],
      ["日本", "12.25", ""],
    );
    expect(table.toString().replaceAll(bold("wasm"), "wasm").split("\n")).toEqual([
      "      median  status",
      "name      ms",
      "a heading that is longer than all columns",
      "wasm     1.5  ok",
      "日本   12.25",
    ]);
  });

  it("has every cell of a column end or begin in the same place", () => {
    const rows = fc.array(fc.tuple(fc.stringMatching(/^\w{0,9}$/), fc.stringMatching(/^\w{1,9}$/)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(rows, (cells) => {
        const table = new PlainTable(["left", "right"]);
        table.push(...cells);
        const lines = table.toString().split("\n");
        const width = Math.max(...lines.map(({ length }) => length));
        lines.forEach((line, i) => {
          expect(line).toHaveLength(width);
          expect(line.startsWith(cells[i]![0])).toBe(true);
          expect(line.endsWith(cells[i]![1])).toBe(true);
        });
      }),
    );
  });

  // A table whose time grows with the square of its rows takes minutes.
  it("measures what is common as exactly as what is rare", () => {
    const codes = [...Array(0x300).keys(), ...Array.from({ length: 0x100 }, (_, i) => 0x2000 + i)];
    for (const code of codes) {
      const char = String.fromCharCode(code);
      // Of what takes no column, several stand on one another.
      if (/[\p{C}\p{M}\p{Z}]/u.test(char)) continue;
      const table = new PlainTable(["left", "left"]);
      table.push([char, "|"], ["12345", "|"]);
      const [line = ""] = table.toString().split("\n");
      expect(stringWidth(line), `U+${code.toString(16)}`).toBe("12345  |".length);
    }
  });

  it("takes twenty thousand rows", { timeout: 20_000 }, () => {
    const table = new PlainTable(["left", "right", "right"]);
    for (let i = 0; i < 20_000; i++) table.push([`cell ${i}`, String(i), pc.createColors(true).green("ok")]);
    expect(table.toString().split("\n")).toHaveLength(20_000);
  });
});
