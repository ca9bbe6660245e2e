import { describe, expect, it } from "vitest";
import { parseModelName } from "@mobilenet-bench/spec";
import { parseCellId } from "@mobilenet-bench/results";
import type { BackendFault } from "../src/mutate/fault.ts";
import { createControls } from "../src/mutate/controls.ts";
import { FAULTS, groupOf, isCheckFault } from "../src/mutate/faults/faults.ts";
import { differences, judgeBackend } from "../src/mutate/judge.ts";
import { mutate } from "../src/mutate/mutate.ts";
import { whyInapplicable } from "../src/mutate/plant.ts";
import { renderJson, renderText } from "../src/mutate/render.ts";
import type { Checked } from "../src/mutate/run-check.ts";

const OWN = ["ts", "wasm", "webgpu"];
const BACKEND_FAULTS = FAULTS.filter((fault): fault is BackendFault => !isCheckFault(fault));

describe("the list of faults", () => {
  it("names each once, and has at least twelve for each own backend", () => {
    expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length);
    for (const group of OWN)
      expect(FAULTS.filter((fault) => groupOf(fault) === group).length).toBeGreaterThanOrEqual(12);
  });

  it.each(OWN)("has every usual mistake for %s", (group) => {
    const kinds = new Set(BACKEND_FAULTS.filter((fault) => groupOf(fault) === group).map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([...new Set(BACKEND_FAULTS.map(({ kind }) => kind))].toSorted());
  });

  it.each(FAULTS.map((fault) => [fault.id, fault] as const))("applies to what is built: %s", (_, fault) => {
    const given = isCheckFault(fault) ? [] : (fault.given ?? []);
    expect([...given, ...(fault.edits ?? [])].map(whyInapplicable).filter(Boolean)).toEqual([]);
    for (const { find, replace } of fault.edits ?? []) expect(replace).not.toBe(find);
  });

  it("names layers and controls that exist, and cells of the backend it says", () => {
    const controls = new Set(createControls().map(({ id }) => id));
    for (const fault of FAULTS) {
      if (isCheckFault(fault)) {
        expect(controls).toContain(fault.control);
        continue;
      }
      const { model, backend } = parseCellId(fault.cell);
      expect(backend).toBe(groupOf(fault));
      expect(parseModelName(model).layers.map(({ name }) => name)).toContain(fault.layer);
      expect(Boolean(fault.tampering) || Boolean(fault.edits?.length)).toBe(true);
    }
  });
});

const CHECKED: Checked = {
  status: "mismatch",
  exitCode: 1,
  layer: "AvgPool",
  mode: "fed",
  reasons: ["Wrong."],
};

describe("a check with a fault in it", () => {
  const fault = { layer: "AvgPool", mode: "fed" } as const;

  it.each<[string, Checked]>([
    ["caught", CHECKED],
    ["misnamed", { ...CHECKED, layer: "Logits" }],
    ["misnamed", { ...CHECKED, mode: "chained" }],
    ["misnamed", { ...CHECKED, exitCode: 0 }],
    ["misnamed", { status: "crash", exitCode: 1, reasons: [] }],
    ["passed", { status: "ok", exitCode: 0, reasons: [] }],
    ["unsupported", { status: "unsupported", exitCode: 0, reasons: [] }],
  ])("is %s", (outcome, checked) => {
    expect(judgeBackend(fault, checked)).toBe(outcome);
  });

  it("is held to all that a control says, and to no more", () => {
    const verdict = { ...CHECKED, position: [1, 2, 3] };
    expect(differences({ verdict }, { ...verdict, bitsDiffer: ["order"], top1Agrees: true })).toEqual([]);
    expect(differences({ verdict }, { ...verdict, position: [2, 1, 3] })).toEqual(["place 2, 1, 3"]);
    expect(differences({ verdict }, { status: "ok", exitCode: 0, reasons: [] })).toEqual([
      "status ok",
      "exit status 0",
      "layer undefined",
      "mode undefined",
      "place undefined",
    ]);
    expect(differences({ verdict: { status: "mismatch" } }, CHECKED)).toEqual(["layer AvgPool", "mode fed"]);
    expect(differences({ verdict }, { ...verdict, exitCode: 0 })).toEqual(["exit status 0"]);
  });
});

describe("a fault that is none, or is not seen", () => {
  const fault = (id: string, find: string, replace: string, layer = "AvgPool"): BackendFault => ({
    id,
    kind: "wrong sum",
    cell: "mobilenet_v1_0.1_33_shallow/ts/node",
    edits: [{ module: "backend-ts/kernels/pool.js", find, replace }],
    layer,
    mode: "fed",
    why: "an example",
  });
  const faults = [
    fault("ts/gone", "sum / planes", "sum"),
    fault("ts/ambiguous", "pixel", "pixels"),
    fault("ts/harmless", "let sum = 0;", "let sum = 0 + 0;"),
    fault("ts/tiny", "sum / pixels", "(sum / pixels) * (1 + 2 ** -22)"),
    fault("ts/elsewhere", "sum / pixels", "sum", "Logits"),
    fault("ts/broken", "sum / pixels", "nowhere"),
    { ...fault("ts/real", "sum / pixels", "sum"), cell: "mobilenet_v1_0.1_33_shallow/ts/node?threads=2" },
    {
      ...fault("ts/unsound", "let sum = 0;", "let sum = 1;"),
      given: fault("", "sum / pixels", "sum").edits!,
    },
  ];

  it("is told apart from one that is caught", async () => {
    const { signal } = new AbortController();
    const results = await mutate({ faults, jobs: 2, signal, onResult: () => {} });
    expect(results.map(({ fault: { id }, outcome }) => [id, outcome])).toEqual([
      ["ts/gone", "stale"],
      ["ts/ambiguous", "stale"],
      ["ts/harmless", "equivalent"],
      ["ts/tiny", "survived"],
      ["ts/elsewhere", "misnamed"],
      ["ts/broken", "misnamed"],
      ["ts/real", "caught"],
      ["ts/unsound", "unsound"],
    ]);
    expect(results[0]?.reason).toMatch(
      /no longer applies: backend-ts\/kernels\/pool\.js has its text no more\. Renew/,
    );
    expect(results[1]?.reason).toMatch(/has its text \d+ times/);
    expect(results[4]?.found).toBe("AvgPool fed");
    const text = renderText(results, 61_000, false);
    expect(text).toMatch(/✗ {2}tiny +pool +AvgPool +fed +survived/);
    expect(text).toMatch(/✓ {2}real +pool +AvgPool +fed +AvgPool/);
    expect(text).toContain(
      "8 faults: 2 stale, 1 equivalent, 1 survived, 2 misnamed, 1 caught, 1 unsound. 1 min 1 s.",
    );
    expect(JSON.parse(renderJson(results, 1))).toMatchObject({ tried: 8, caught: 1 });
  });

  it("stops with the signal", async () => {
    const abort = new AbortController();
    const results = await mutate({
      faults: [faults[6]!, faults[0]!, faults[1]!],
      jobs: 1,
      signal: abort.signal,
      onResult: () => abort.abort(),
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(["caught"]);
  });
});

it("fits 80 columns", () => {
  const results = FAULTS.map((fault) => ({
    fault,
    outcome: "caught" as const,
    found: isCheckFault(fault) ? "bits differ: process" : fault.layer,
  }));
  for (const line of renderText(results, 0, false).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});
