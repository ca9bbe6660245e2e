import { describe, expect, it } from "vitest";
import type { Status } from "@mobilenet-bench/results";
import { demandsOf, judgeEnd, type Demand } from "../src/plan/demands.ts";
import { makePlan, type Filters } from "../src/plan/plan.ts";
import { UsageError } from "../src/usage-error.ts";
import { KNOWN } from "./support/planned.ts";

const MODEL = "mobilenet_v1_0.25_32";

/** What is said and whether it is wrong, where these cells cannot be had and all others can. */
async function judge(filters: Filters, unsupported: RegExp, strict = false) {
  const { cells, demands } = await makePlan({ model: [MODEL], ...filters }, KNOWN);
  const ended = cells.map(({ id }) =>
    unsupported.test(id)
      ? ({ id, status: "unsupported", reason: "Not here." } as const)
      : ({ id, status: "ok" } as const),
  );
  const { wrong, unmet } = judgeEnd(ended, demands, strict);
  return { wrong, unmet: unmet.map((line) => line.replace("Asked for and not to be had: ", "")) };
}

const FINE = { wrong: false, unmet: [] };

describe("what was asked for by name", () => {
  it.each<[string, Filters, RegExp, string[]]>([
    [
      "a cell id",
      { model: [MODEL], cells: [`${MODEL}/webgpu/node`, `${MODEL}/ts/node`] },
      /webgpu/,
      [`${MODEL}/webgpu/node. Not here.`],
    ],
    ["a backend", { backend: ["webgpu", "ts"] }, /webgpu/, ["--backend webgpu. Not here."]],
    [
      "a precision among globs",
      { backend: ["t*"], precision: ["fp32", "int8"] },
      /int8/,
      ["--precision int8. Not here."],
    ],
    ["a thread count", { threads: ["2"] }, /threads=2/, ["--threads 2. Not here."]],
    [
      "a target that none of the backends runs on, once",
      { backend: ["ort-node"], target: ["node", "chrome"] },
      /chrome/,
      ["--target chrome. Not here."],
    ],
    [
      "a browser of a path",
      { backend: ["t*"], target: ["*"], browserPath: "/nonexistent" },
      /chrome/,
      ["--browser-path /nonexistent. Not here."],
    ],
    [
      "a browser that every name leads to, once",
      { backend: ["ts"], target: ["chrome"], browserPath: "/nonexistent" },
      /chrome/,
      ["--browser-path /nonexistent. Not here."],
    ],
    [
      "a cell and the browser that it is for, once",
      { cells: [`${MODEL}/ts/chrome`], browserPath: "/nonexistent" },
      /chrome/,
      [`${MODEL}/ts/chrome. Not here.`],
    ],
    [
      "two backends, each of which says more than the target that they share",
      { backend: ["ort-node", "tfjs-node"], target: ["chrome"] },
      /chrome/,
      ["--backend ort-node. Not here.", "--backend tfjs-node. Not here."],
    ],
  ])("is wrong where it could not be had: %s", async (_, filters, unsupported, unmet) => {
    expect(await judge(filters, unsupported)).toEqual({ wrong: true, unmet });
    expect(await judge(filters, /^nothing$/)).toEqual(FINE);
  });

  it("is wrong where no cell has it: a thread count that a suite lacks", async () => {
    const filters = { model: ["mobilenet_v1_0.25_128"], suite: "nightly", threads: ["2", "7"] };
    expect(await judge(filters, /^nothing$/)).toEqual({
      wrong: true,
      unmet: ["--threads 7. No cell has it."],
    });
  });
});

describe("what globs, suites and combinations bring along", () => {
  it.each<[string, Filters, RegExp]>([
    ["a backend of a glob", { backend: ["ort-*"] }, /ort-webgpu/],
    ["a backend of a suite", { model: ["mobilenet_v1_0.25_128"], suite: "quick" }, /webgpu|tfjs-node/],
    ["a backend of a glob, at a thread count that others have", { backend: ["t*"], threads: ["2"] }, /tfjs/],
    ["a backend that nobody chose", { target: ["node"] }, /webgpu/],
    [
      "a combination of names, each of which was had in another",
      { backend: ["ort-node", "wasm"], target: ["node", "chrome"] },
      /ort-node\/chrome/,
    ],
  ])("may be unsupported, unless everything counts: %s", async (_, filters, unsupported) => {
    expect(await judge(filters, unsupported)).toEqual(FINE);
    const { wrong, unmet } = await judge(filters, unsupported, true);
    expect(wrong).toBe(true);
    expect(unmet.length).toBeGreaterThan(0);
  });
});

describe("a cell that failed", () => {
  const ended = (status: Status) => [{ id: "a", status, reason: "Why." }];
  const demands: Demand[] = [{ what: "a", cells: ["a"] }];

  it.each(["mismatch", "crash", "hang", "oom", "device-lost", "infra"] as const)(
    "is wrong whoever asked for it, and said once: %s",
    (status) => {
      expect(judgeEnd(ended(status), [], false)).toEqual({ wrong: true, unmet: [] });
      expect(judgeEnd(ended(status), demands, true)).toEqual({ wrong: true, unmet: [] });
    },
  );

  it("is none where all is well, or nobody asked", () => {
    expect(judgeEnd(ended("ok"), demands, true)).toEqual(FINE);
    expect(judgeEnd(ended("unsupported"), [], false)).toEqual(FINE);
    expect(demandsOf({}, [])).toEqual([]);
  });
});

it.each<[Filters, RegExp]>([
  [
    { cells: [`${MODEL}/wasm/node?simd=foo`] },
    /simd of wasm cannot be foo\. Use detected, baseline, relaxed or wide\./,
  ],
  [
    { cells: [`${MODEL}/ts/node?threads=65`] },
    /threads of ts cannot be 65\. Use a whole number from 1 to 64\./,
  ],
  [{ model: [MODEL], precision: ["fp99"] }, /no precision "fp99"\. Use fp32, fp16, int8\./],
  [{ suite: "quick", precision: ["fp99"] }, /no precision "fp99"/],
  [{ model: [MODEL], threads: ["65"] }, /from 1 to 64/],
  [{ model: [MODEL], browserPath: "/usr/bin/chromium" }, /no cell runs there\. Add --target chrome\./],
  [{ model: [MODEL], target: ["firefox"], browserPath: "/usr/bin/chromium" }, /--browser-path is for chrome/],
  [{ model: [MODEL], headed: true }, /--headed is for chrome and firefox, and no cell runs there/],
  [{ model: [MODEL], browserArgs: ["--no-sandbox"] }, /--browser-args is for chrome/],
  [{ model: [MODEL], target: ["firefox"], browserArgs: ["--no-sandbox"] }, /--browser-args is for chrome/],
])("refuses %j: nothing could ever have it", async (filters, message) => {
  const plan = makePlan(filters, KNOWN);
  await expect(plan).rejects.toThrow(UsageError);
  await expect(plan).rejects.toThrow(message);
});
