import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BROWSER } from "./support/browser.ts";
import { callMnb } from "./support/call-mnb.ts";

const RUN = "2026-11-22-1206c8248664";
/** Of the run's cells, one. */
const ONE = ["--model", "0.25_128", "--backend", "wasm"];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-report-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const report = (...words: string[]) => callMnb(["report", RUN, ...words], { cwd: folder });

describe("mnb report", () => {
  it("leaves one file, named after the run, and says where", async () => {
    const { stdout, exitCode } = await report(...ONE);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`mobilenet-bench-${RUN}.html`);
    expect(await readdir(folder)).toEqual([stdout]);
    const html = await readFile(join(folder, stdout), "utf8");
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("wasm/node");
    expect(html).toContain("left out by filters: 111 of 112 cells");
  });

  it("takes several runs", async () => {
    const file = join(folder, "both.html");
    const words = [
      "report",
      RUN,
      "2026-11-22-41dd91654feb",
      "--model",
      "1.0_224",
      "--output",
      file,
      "--json",
    ];
    const { stdout } = await callMnb(words);
    expect(JSON.parse(stdout)).toEqual({ files: [file] });
    expect((await readFile(file, "utf8")).match(/<h2/g)).toHaveLength(2);
  });

  it("draws a chart as SVG, and then no HTML that was not asked for", async () => {
    const { exitCode } = await report("--svg", "a.svg");
    expect(exitCode).toBe(0);
    expect(await readdir(folder)).toEqual(["a.svg"]);
    expect(await readFile(join(folder, "a.svg"), "utf8")).toMatch(/^<svg [^]*<\/svg>\n$/);
    await report(...ONE, "--svg", "b.svg", "--chart", "blocks-in-time", "--output", "b.html");
    expect((await readdir(folder)).toSorted()).toEqual(["a.svg", "b.html", "b.svg"]);
  });

  it.skipIf(BROWSER === undefined)("paints it as PNG, two pixels for each of CSS", async () => {
    const { exitCode } = await report("--png", "a.png", "--width", "400", "--dark");
    expect(exitCode).toBe(0);
    const { width, data, channels } = decode(await readFile(join(folder, "a.png")));
    expect(width).toBe(800);
    expect(Array.from(data.slice(0, Math.min(channels, 3)))).toEqual([0x14, 0x17, 0x1c]);
  });

  it("refuses what cannot be made, and leaves nothing", async () => {
    for (const words of [
      ["--svg", "a.svg", "--chart", "roofline"],
      ["--svg", "a.svg", "--chart", "pie"],
      ["--model", "9.0_224"],
      ["--svg", "a.svg", "2026-11-22-41dd91654feb"],
    ])
      expect((await report(...words)).exitCode).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });
});
