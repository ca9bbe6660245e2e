import { stripVTControlCharacters } from "node:util";
import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { create } from "xmlbuilder2";
import { describe, expect, it } from "vitest";
import {
  csvRecords,
  jsonText,
  markdownText,
  terminalLine,
  terminalResult,
  terminalText,
  xmlText,
} from "@mobilenet-bench/results/harmless";
import { renderCsv } from "../src/report/csv.ts";
import { renderMarkdown } from "../src/report/markdown.ts";
import { reportOf } from "../src/report/report.ts";
import { renderTerminal } from "../src/report/terminal.ts";
import { failedCell, okCell } from "./cells.ts";
import { runOf } from "./runs.ts";

const ACTS = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
const foreign = fc.string({ unit: "binary", maxLength: 40 });
/** A few of everything that has a meaning somewhere. */
const nasty = fc
  .array(
    fc.constantFrom(
      "|",
      "`",
      "``",
      "*",
      "_",
      "<b>",
      "](http://x.y)",
      "![",
      "https://x.y",
      "@me",
      "=1+1",
      "\u001B[31m",
      "\u009B2J",
      "\n",
      "\r",
      "\t",
      "\\",
      "a",
      " ",
      "&lt;",
      ":+1:",
      "1. ",
      "# ",
      "\u202E",
      "\u0000",
      "\uD800",
      "-2",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const any = fc.oneof(foreign, nasty);

describe("for a terminal", () => {
  it("nothing acts, whatever the text, and plain text stays as it is", () => {
    fc.assert(
      fc.property(any, (text) => {
        expect(terminalLine(text)).not.toMatch(ACTS);
        expect(terminalText(text).replaceAll("\n", "")).not.toMatch(ACTS);
        expect(terminalLine(text).isWellFormed()).toBe(true);
      }),
    );
    for (const plain of ["ONNX Runtime 1.30 – ±3 %", "日本語", "👩‍💻"]) expect(terminalLine(plain)).toBe(plain);
    expect(terminalLine("a\r\n\u001B]8;;http://x\u0007b\u001B[2J")).toBe("a b");
    expect(terminalText("a\n\tb\u0085")).toBe("a\n  b\u{FFFD}");
  });

  it("of a whole result only colours act", () => {
    const text = "\u001B[32mok\u001B[39m \u001B[2J\u001B]0;title\u0007end\u202E";
    expect(terminalResult(text)).toBe("\u001B[32mok\u001B[39m end\u{FFFD}");
  });
});

describe("for Markdown", () => {
  it("what has a meaning is code, and pipes are entities", () => {
    fc.assert(
      fc.property(any, (text) => {
        const shown = markdownText(text);
        expect(shown).not.toMatch(/[\n|]/);
        // Outside of code spans nothing is left but words: no mark can open anything.
        const outside = shown.replaceAll("&#124;", " ").replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
        expect(outside).not.toMatch(/[`<>[\]*!\\@#|]|:\/\/|www\./);
      }),
    );
    expect(markdownText("mobilenet_v1_1.0_224")).toBe("mobilenet_v1_1.0_224");
    expect(markdownText("-35 % 0.25_128")).toBe("-35 % 0.25_128");
    expect(markdownText("−35 % 0.25_128")).toBe("−35 % 0.25_128");
    expect(markdownText("<img src=x> | [a](b)")).toBe("` <img src=x>  `&#124;`  [a](b) `");
    expect(markdownText("a `b`")).toBe("`` a `b` ``");
    expect(markdownText("see https://x.y")).toBe("`see https://x.y`");
  });
});

describe("for CSV", () => {
  it("no text begins like a formula, and no number is touched", () => {
    const csv = csvRecords(
      ["a", "b"],
      [
        { a: "=cmd|' /C calc'!A0", b: -1.5 },
        { a: "+1\n=2", b: 0 },
        { a: "@x", b: null },
      ],
    );
    expect(csv.split("\n")).toEqual(["a,b", "'=cmd|' /C calc'!A0,-1.5", "'+1 =2,0", "'@x,"]);
    fc.assert(
      fc.property(any, (text) => {
        const [, field = ""] = csvRecords(["a"], [{ a: text }]).split("\n");
        expect(field.replace(/^"/, "")).not.toMatch(/^[=+\-@\t\r]/);
        expect(field).not.toMatch(ACTS);
      }),
    );
  });
});

describe("for XML", () => {
  it("any text makes a well-formed document", () => {
    fc.assert(
      fc.property(any, (text) => {
        const xml = create()
          .ele("a", { b: xmlText(text) })
          .txt(xmlText(text))
          .end();
        const parser = new SaxesParser();
        parser.on("error", (error) => {
          throw error;
        });
        parser.write(xml).close();
        expect(xml).not.toContain("\u001B");
      }),
    );
  });
});

describe("for JSON", () => {
  it("texts come back to the letter, and nothing acts on the way", () => {
    fc.assert(
      fc.property(any, (text) => {
        const json = jsonText({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(json.replaceAll("\n", "")).not.toMatch(ACTS);
      }),
    );
    expect(JSON.parse(jsonText([NaN, 1, -Infinity]))).toEqual(["NaN", 1, "-Infinity"]);
  });
});

describe("a run file from a stranger", () => {
  const evil = "\u001B[2J=cmd()|x\n<script>alert(1)</script> ![i](http://x.y)\u202E";
  const run = runOf([
    {
      ...okCell("0.5_160", "ts", 3),
      backend: evil,
      id: `mobilenet_v1_0.5_160/${evil}/node`,
      options: { [evil]: evil },
    },
    failedCell("0.5_160", "wasm", evil, evil),
  ]);
  const { environment } = run;
  const report = reportOf({
    ...run,
    suite: evil,
    weights: { name: evil, sha256: "" },
    environment: {
      ...environment,
      commit: evil,
      cpu: { ...environment.cpu, model: evil },
      os: { ...environment.os, name: evil },
    },
  });

  it.each([80, 140, Infinity])("acts on no terminal of %d columns", (columns) => {
    const lines = renderTerminal(report, { columns, color: false }).split("\n");
    for (const line of lines) expect(line).not.toMatch(ACTS);
    const colored = renderTerminal(report, { columns, color: true });
    expect(stripVTControlCharacters(colored).split("\n")).toHaveLength(lines.length);
    expect(colored).not.toContain("\u001B[2J");
  });

  it("is shown literally by Markdown, and is one field of CSV", () => {
    const markdown = renderMarkdown(report);
    const widths = markdown
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").length);
    expect(new Set(widths).size).toBe(1);
    expect(markdown.replaceAll(/`[^`]*`/g, "")).not.toMatch(/<script|!\[/);
    const csv = renderCsv(report);
    expect(csv.split("\n")).toHaveLength(3);
    expect(csv).not.toMatch(/(^|,)"?=/m);
    expect(csv).not.toContain("\u001B");
  });
});
