import { stripVTControlCharacters } from "node:util";
import { comparisonSchema, type Comparison, type PairedComparison } from "@mobilenet-bench/results";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { renderLiveJUnit } from "../src/compare/live-junit.ts";
import { renderLiveMarkdown } from "../src/compare/live-markdown.ts";
import { renderLiveText } from "../src/compare/live-text.ts";
import { startOf } from "./support/scripted-pairs.ts";

const { id, startedAt, seed, protocol, environment, base, candidate } = startOf([]);

function job(verdict: PairedComparison["verdict"], ratio: number): PairedComparison {
  return {
    verdict,
    ratio,
    interval: [ratio * 0.99, ratio * 1.01],
    level: 0.99,
    margin: 0.015,
    pairs: 12,
    p: 2 / 4096,
    final: true,
    rounds: 6,
    seconds: 12,
  };
}

const ID = "mobilenet_v1_0.5_160/wasm/node";
const COMPARISON: Comparison = comparisonSchema.parse({
  id,
  startedAt,
  seed,
  protocol,
  environment,
  base,
  candidate,
  schema: 1,
  kind: "builds",
  finishedAt: startedAt,
  complete: true,
  cells: [
    {
      id: ID,
      status: "compared",
      outcome: "slower",
      first: job("slower", 1.031),
      second: job("slower", 1.03),
      q: 0.0015,
      layers: [
        {
          name: "Conv2d_1_depthwise+Conv2d_1_pointwise",
          baseMs: 0.1,
          candidateMs: 0.2,
          ratio: 2,
          interval: [1.9, 2.1],
          change: "slower",
          kernel: { base: "gemm-4x16-wide-unrolled", candidate: "gemm-4x8-wide-unrolled" },
        },
        { name: "Conv2d_2_depthwise", baseMs: 0.1, candidateMs: 0.1, ratio: 1, change: "none" },
      ],
    },
    {
      id: `${ID}?threads=2`,
      status: "compared",
      outcome: "unconfirmed",
      first: job("slower", 1.02),
      second: job("same", 1),
      q: 0.1,
    },
    { id: "mobilenet_v1_0.5_160/ts/node", status: "compared", outcome: "same", first: job("same", 1), q: 1 },
    {
      id: "mobilenet_v1_0.5_160/ort-node/node",
      status: "compared",
      outcome: "unknown",
      first: job("unknown", 1.01),
      q: 0.5,
    },
    {
      id: "mobilenet_v1_0.5_160/tfjs-node/node",
      status: "unsupported",
      side: "base",
      reason: "No <library> | here.",
    },
    {
      id: "mobilenet_v1_0.5_160/webgpu/node",
      status: "crash",
      side: "candidate",
      reason: "\u001B[31mIt died.\u001B[0m",
    },
  ],
});

it("tells people in 80 columns what got slower, by how much, and in which layer", () => {
  const text = renderLiveText(COMPARISON, false);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  const flat = text.replaceAll(/\s+/g, " ");
  expect(flat).toContain("Slower 0.5_160/wasm/node slower by 3.1 % (2.1 … 4.1 %, 99 %, 12 pairs), q 0.0015");
  expect(flat).toContain("second job: slower by 3.0 %");
  expect(text).toMatch(/Conv2d_1_depthwise\+ +0\.100 +0\.200 +\+100\.0 %/);
  expect(flat).toContain("pointwise: gemm-4x16-wide-unrolled → gemm-4x8-wide-unrolled");
  expect(text).not.toContain("Conv2d_2_depthwise");
  expect(flat).toContain("v2 against v1: 1 slower, 1 unconfirmed, 1 unknown, 1 same, 2 not compared");
  expect(flat).toContain("unsupported in v1: No <library> | here.");
  expect(text).toMatch(/^build +v1 +v2$/m);
  expect(text).toMatch(/^x +1\.0\.0 +1\.1\.0$/m);
  expect(text).not.toMatch(/^y /m);
  // A few per cent may be where its code lies.
  expect(flat).toContain("more pairs do not average it out");
});

it("says that both sides are one build where they are", () => {
  const same = { ...COMPARISON, base: COMPARISON.candidate };
  expect(renderLiveText(same, false)).toContain("Both sides are the same build");
});

it("begins its Markdown with the headline and what got slower, and takes nothing foreign for markup", () => {
  const text = renderLiveMarkdown(COMPARISON);
  expect(text).toMatch(/^### v2 against v1: 1 slower/);
  expect(text.indexOf("wasm/node")).toBeLessThan(text.indexOf("<details>"));
  expect(text).toMatch(/` ?unsupported: No <library> *`&#124;` *here\. ?`/);
  expect(stripVTControlCharacters(text)).toBe(text);
});

it("is JUnit in which confirmed slower is the failure, and a side that died the error", async () => {
  const xml = await renderLiveJUnit(COMPARISON);
  const found: string[] = [];
  let counts: Readonly<Record<string, unknown>> = {};
  const parser = new SaxesParser();
  let test = "";
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "testsuites") counts = attributes;
    if (name === "testcase") test = String(attributes["name"]);
    if (["failure", "error", "skipped"].includes(name)) found.push(`${name} ${test.split("/")[1]}`);
  });
  parser.write(xml).close();
  expect(counts).toMatchObject({ tests: "6", failures: "1", errors: "1", skipped: "3" });
  expect(found).toEqual([
    "failure wasm",
    "skipped wasm",
    "skipped ort-node",
    "skipped tfjs-node",
    "error webgpu",
  ]);
});
