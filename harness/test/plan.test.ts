import { describe, expect, it } from "vitest";
import { BACKEND_IDS } from "../src/registry/backends.ts";
import { makePlan, type Filters } from "../src/plan/plan.ts";
import { measuresSoftwareGpus, SUITES, SWEEP_MODELS } from "../src/plan/suites.ts";
import { UsageError } from "../src/usage-error.ts";
import { KNOWN } from "./support/planned.ts";

const ids = async (filters: Filters) => (await makePlan(filters, KNOWN)).cells.map(({ id }) => id);

describe("makePlan", () => {
  it("is the quick suite where nothing is chosen, without the reference and without doubles", async () => {
    const plan = await makePlan({}, KNOWN);
    expect(plan.suite).toBe("quick");
    expect(new Set(plan.cells.map(({ model }) => model))).toEqual(new Set(SUITES.quick.parts[0].models));
    expect(plan.cells.some(({ backend }) => backend === "reference")).toBe(false);
    expect(new Set(plan.cells.map(({ id }) => id)).size).toBe(plan.cells.length);
    expect(plan.cells.map(({ id }) => id)).not.toContain("mobilenet_v1_1.0_224/tfjs-cpu/node");
  });

  it("measures one model in pages too in the quick suite, on nothing that wants a GPU", async () => {
    const quick = await ids({ suite: "quick" });
    expect(quick.filter((id) => !id.endsWith("/node"))).toEqual(
      ["ts", "wasm", "tfjs-wasm", "ort-wasm"].map((backend) => `mobilenet_v1_0.5_160/${backend}/chrome`),
    );
    expect(measuresSoftwareGpus("quick")).toBe(false);
    for (const named of [null, "sweep", "another"]) expect(measuresSoftwareGpus(named)).toBe(true);
  });

  it("takes models' names as tables print them, in ids, names and globs", async () => {
    const id = "mobilenet_v1_0.5_160/ts/node";
    expect(await ids({ cells: ["0.5_160/ts/node"] })).toEqual([id]);
    expect(await ids({ model: ["0.50_160"], backend: ["ts"] })).toEqual([id]);
    const long = await ids({ suite: "sweep", backend: ["ts"], model: ["mobilenet_v1_0.5_*"] });
    expect(await ids({ suite: "sweep", backend: ["ts"], model: ["0.5_*"] })).toEqual(long);
    expect(long).toHaveLength(4);
    const others = await ids({ suite: "sweep", backend: ["ts"], model: ["!0.5_*"] });
    expect(others).toHaveLength(12);
  });

  it("narrows cell ids by every filter beside them, a suite too", async () => {
    const cells = ["0.5_160/ts/node", "0.5_160/wasm/node?threads=2", "1.0_192/ts/node"];
    expect(await ids({ cells, backend: ["ts"], model: ["0.5_160"] })).toEqual([
      "mobilenet_v1_0.5_160/ts/node",
    ]);
    expect(await ids({ cells, threads: ["2"] })).toEqual(["mobilenet_v1_0.5_160/wasm/node?threads=2"]);
    expect(await makePlan({ cells, suite: "quick" }, KNOWN)).toMatchObject({
      suite: "quick",
      protocol: "quick",
      cells: [{ id: "mobilenet_v1_0.5_160/ts/node" }],
    });
    await expect(makePlan({ cells, threads: ["4"] }, KNOWN)).rejects.toThrow(/write options into the id/);
  });

  it("combines named models, backends and threads", async () => {
    const filters = { model: ["mobilenet_v1_1_224"], backend: ["ts", "ort-node"], threads: ["1", "2"] };
    expect(await ids(filters)).toEqual([
      "mobilenet_v1_1.0_224/ts/node",
      "mobilenet_v1_1.0_224/ts/node?threads=2",
      "mobilenet_v1_1.0_224/ort-node/node",
      "mobilenet_v1_1.0_224/ort-node/node?threads=2",
    ]);
  });

  it("keeps a thread count that was asked for, so that it is refused by name", async () => {
    expect(await ids({ model: ["mobilenet_v1_0.25_128"], backend: ["tfjs-cpu"], threads: ["2"] })).toEqual([
      "mobilenet_v1_0.25_128/tfjs-cpu/node?threads=2",
    ]);
  });

  it("gives a suite's second thread only to backends that have the option", async () => {
    const cells = await ids({ suite: "nightly", model: ["mobilenet_v1_0.25_128"] });
    expect(cells).toContain("mobilenet_v1_0.25_128/ts/node?threads=2");
    expect(cells).not.toContain("mobilenet_v1_0.25_128/tfjs-cpu/node?threads=2");
  });

  it("takes a suite to another target, with the backends that run there", async () => {
    const { suite, cells } = await makePlan({ suite: "quick", target: ["chrome"] }, KNOWN);
    expect(suite).toBe("quick");
    expect(new Set(cells.map(({ target }) => target))).toEqual(new Set(["chrome"]));
    expect(new Set(cells.map(({ model }) => model))).toEqual(new Set(SUITES.quick.parts[0].models));
    const backends = cells.map(({ backend }) => backend);
    expect(backends).toContain("wasm");
    expect(backends).not.toContain("ort-node");
  });

  it("keeps a backend that was asked for where it does not run, so that it is refused by name", async () => {
    const filters = { model: ["mobilenet_v1_0.25_128"], backend: ["ort-node"], target: ["node", "chrome"] };
    expect(await ids(filters)).toEqual([
      "mobilenet_v1_0.25_128/ort-node/node",
      "mobilenet_v1_0.25_128/ort-node/chrome",
    ]);
  });

  it("takes globs for models and backends, also negated", async () => {
    const sweep = await makePlan({ suite: "sweep", backend: ["ts"] }, KNOWN);
    expect(sweep.cells.map(({ model }) => model)).toEqual(SWEEP_MODELS);
    expect(await ids({ suite: "sweep", backend: ["ts"], model: ["*_0.5_*"] })).toHaveLength(4);
    const named = await makePlan({ model: ["mobilenet_v1_0.25_128"], backend: ["!tfjs-*"] }, KNOWN);
    expect(named.cells.map(({ backend }) => backend)).toEqual(
      BACKEND_IDS.filter((id) => !id.startsWith("tfjs-")),
    );
  });

  it("takes cell ids, canonical and once", async () => {
    const id = "mobilenet_v1_0.50_160/ts/node?threads=1";
    expect(await ids({ cells: [id, "mobilenet_v1_0.5_160/ts/node"] })).toEqual([
      "mobilenet_v1_0.5_160/ts/node",
    ]);
  });

  it.each<[string, Filters, RegExp]>([
    ["model", { model: ["mobilnet"] }, /mobilenet_v1_ALPHA_RESOLUTION/],
    ["alpha", { model: ["mobilenet_v1_-1_224"] }, /greater than 0/],
    ["resolution", { model: ["mobilenet_v1_1.0_0"] }, /at least 32/],
    ["model glob", { model: ["resnet*"] }, /no model like "resnet\*"/],
    ["backend", { backend: ["cuda"] }, /no backend "cuda". Use reference, ts/],
    ["target", { target: ["moon"] }, /no target "moon". Use node/],
    ["suite", { suite: "slow" }, /no suite "slow". Use quick, sweep, nightly/],
    ["threads", { threads: ["two"] }, /--threads cannot be "two"\. Use a whole number from 1 to 64/],
    ["threads", { threads: ["0"] }, /a whole number from 1/],
    ["nothing left", { suite: "quick", threads: ["9"] }, /No cell fits/],
    [
      "option of a cell",
      { cells: ["mobilenet_v1_1.0_224/ts/node?speed=9"] },
      /no option of ts "speed". Use threads/,
    ],
    [
      "option of a cell whose backend has none",
      { cells: ["mobilenet_v1_1.0_224/tfjs-webgpu/node?speed=9"] },
      /no option of tfjs-webgpu "speed"\. There is none: leave it out\./,
    ],
    ["backend of a cell", { cells: ["mobilenet_v1_1.0_224/cuda/node"] }, /no backend "cuda"/],
  ])("refuses a wrong %s with the remedy", async (_, filters, message) => {
    await expect(makePlan(filters, KNOWN)).rejects.toThrow(UsageError);
    await expect(makePlan(filters, KNOWN)).rejects.toThrow(message);
  });
});
