import { fileURLToPath } from "node:url";
import { isCheckFault, type BackendFault } from "@mobilenet-bench/backend/faults";
import { createControls, findFaults, mutate, type FoundFault } from "@mobilenet-bench/mutation";
import { describe, expect, it } from "vitest";
import { RATCHET_SEED } from "../src/check/ratchet.ts";
import { projectFolder } from "../src/folders.ts";
import { renderJson, renderText } from "../src/report/mutation.ts";

const project = projectFolder();
const subject = {
  script: fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)),
  seed: RATCHET_SEED,
};

describe("the faults of all packages", () => {
  it("are found, none of them twice, those of the check last", async () => {
    const faults = await findFaults(project);
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    const groups = new Set(faults.map(({ id }) => id.slice(0, id.indexOf("/"))));
    expect([...groups]).toEqual(["ts", "wasm", "webgpu", "check"]);
  });

  it("of the check name controls that exist", async () => {
    const controls = createControls(RATCHET_SEED).map(({ id }) => id);
    const faults = await findFaults(project);
    for (const { control } of faults.filter(isCheckFault)) expect(controls).toContain(control);
  });
});

describe("a fault that is none, or is not seen", () => {
  const fault = (id: string, find: string, replace: string, layer = "AvgPool"): FoundFault<BackendFault> => ({
    folder: `${project}/packages/backend-ts`,
    id,
    kind: "wrong sum",
    cell: "mobilenet_v1_0.1_33_shallow/ts/node",
    edits: [{ file: "kernels/pool.ts", find, replace }],
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
    fault("ts/real", "sum / pixels", "sum"),
    {
      ...fault("ts/unsound", "let sum = 0;", "let sum = 1;"),
      given: fault("", "sum / pixels", "sum").edits!,
    },
  ];

  it("is told apart from one that is caught", async () => {
    const { signal } = new AbortController();
    const results = await mutate({ subject, faults, jobs: 2, signal, onResult: () => {} });
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
      /no longer applies: .*backend-ts.src.kernels.pool\.ts has its text no more\. Renew it in .*backend-ts.faults\./,
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
      subject,
      faults: [faults[0]!, faults[1]!, faults[6]!],
      jobs: 1,
      signal: abort.signal,
      onResult: () => abort.abort(),
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(["stale"]);
  });
});

it("fits 80 columns", async () => {
  const results = (await findFaults(project)).map((fault) => ({
    fault,
    outcome: "caught" as const,
    found: isCheckFault(fault) ? "bits differ: process" : fault.layer,
  }));
  for (const line of renderText(results, 0, false).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});
