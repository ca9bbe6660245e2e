import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";
import { mnb as startMnb, SHORT } from "./support/mnb.ts";
import { SHORT_QUICK } from "./support/short-quick.mjs";
import { runSchema, type Run } from "@mobilenet-bench/results";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file that ends in the middle of JSON. */
const TORN = fileURLToPath(new URL("fixtures/torn.run", import.meta.url));
const SMALL = "mobilenet_v1_0.25_32";

const mnb = (...words: string[]) => callMnb(words);

describe("mnb spec", () => {
  it("gives exact integers as JSON", async () => {
    const { stdout, exitCode } = await mnb("spec", "mobilenet_v1_1.0_224", "--json");
    expect(exitCode).toBe(0);
    const spec = JSON.parse(stdout);
    expect(spec).toMatchObject({ model: "mobilenet_v1_1.0_224", multAdds: 568740352, params: 4209088 });
    expect(spec.layers[0]).toEqual({
      name: "Conv2d_0",
      type: "convolution",
      kernel: 3,
      stride: 2,
      input: [224, 224, 3],
      output: [112, 112, 32],
      multAdds: 10838016,
      params: 864,
    });
  });

  it("counts other classifiers, and tables people can read", async () => {
    const { stdout } = await mnb("spec", "mobilenet_v1_1.0_224", "--classes", "120", "--json");
    expect(JSON.parse(stdout).params).toBe(4209088 - 880 * 1024);
    expect((await mnb("spec", "mobilenet_v1_0.5_160")).stdout).toContain("76524800 mult-adds (76.5 M)");
  });

  it("sets every published figure beside the computed one", async () => {
    const { stdout } = await mnb("spec", "--paper", "--json");
    const verdicts: { verdict: string; why?: string }[] = JSON.parse(stdout);
    expect(verdicts.length).toBeGreaterThan(80);
    for (const { verdict, why } of verdicts) if (verdict === "differs") expect(why).toMatch(/\w{4}/);
  });
});

describe("wrong calls", () => {
  it.each([
    [["spec", "mobilenet_v1_abc_224"], /alpha is "abc"/],
    [["spec", "mobilenet_v1_-1_224"], /alpha is -1/],
    [["spec", "mobilenet_v1_1.0_0"], /resolution is 0/],
    [["spec", "resnet"], /is no model/],
    [["spec", "--classes", "none"], /whole number/],
    [["list", "--backend", "cuda"], /no backend "cuda"/],
    [["run", "mobilenet_v1_1.0_224/ts"], /is no cell id/],
    [["run", "mobilenet_v1_1.0_224/ts/node?threads"], /is no option/],
    [["run", "mobilenet_v1_1.0_224/ts/node?speed=9"], /no option of ts "speed"/],
    [["run", "--resume", "never"], /no unfinished run "never"/],
    [["run", "--resume", "--model", SMALL], /takes up the cells and options that its run began with/],
    [["run", "--threads", "1,,2"], /single commas/],
    [["check", "--model", "mobilenet_v1_1.0_31"], /at least 32/],
    [["check", "--ratchet", "--seed", "2", "--model", SMALL], /--ratchet holds for generated weights/],
    [["check", "--format", "csv", "--model", SMALL], /Allowed choices are table, markdown, json, junit/],
    [["show", "none.json"], /none\.json cannot be read \(ENOENT\)/],
    [["show", TORN], /is torn or no JSON/],
    [["run", "--image", TORN, "--model", SMALL], /neither PNG nor JPEG/],
    [["check", "--image", "none.png", "--model", SMALL], /none\.png cannot be read/],
    [["frobnicate"], /unknown command/],
    [["run", "--frobnicate"], /unknown option/],
  ])("mnb %j ends with 2 and one line", async (words, message) => {
    const { exitCode, stderr, stdout } = await mnb(...words);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.split("\n").length).toBeLessThanOrEqual(2);
  });
});

/** The run without what is told beside it and not stored. */
function stored(run: Run): Run {
  return runSchema.parse(
    JSON.parse(JSON.stringify(run, (key, value: unknown) => (key === "derived" ? undefined : value))),
  );
}

describe("mnb run", () => {
  it("measures, prints JSON alone on standard output and stores the same", async () => {
    const output = await mkdtemp(join(tmpdir(), "mnb-cli-"));
    try {
      const words = [
        "--model",
        SMALL,
        "--backend",
        "reference,ts",
        "--protocol",
        "quick",
        "--output",
        output,
      ];
      const { stdout, exitCode } = await callMnb(["run", ...words, "--json"], { short: true });
      expect(exitCode).toBe(0);
      const run = runSchema.parse(JSON.parse(stdout));
      expect(run.cells.map(({ id, status }) => `${id} ${status}`)).toEqual([
        `${SMALL}/reference/node ok`,
        `${SMALL}/ts/node ok`,
      ]);
      expect(run.environment.peakCheck).toBeDefined();
      expect(run.protocol).toMatchObject(SHORT_QUICK);
      const [file = ""] = await readdir(output);
      expect(runSchema.parse(JSON.parse(await readFile(join(output, file), "utf8")))).toEqual(stored(run));
      const shown = await mnb("show", join(output, file), "--format", "csv");
      expect(shown.stdout.split("\n")).toHaveLength(3);
      const some = await mnb("show", join(output, file), "--format", "csv", "--backend", "t*");
      expect(some.stdout.split("\n")).toHaveLength(2);
    } finally {
      await rm(output, { recursive: true });
    }
  });

  it("keeps what is finished on Ctrl-C, says how to resume, and resumes", async () => {
    const output = await mkdtemp(join(tmpdir(), "mnb-cli-"));
    const words = ["--model", `${SMALL},mobilenet_v1_0.25_33`, "--backend", "reference", "--output", output];
    const child = startMnb(["run", ...words, "--protocol", "quick", "--no-peaks", "--json"], {}, SHORT);
    child.stderr?.on("data", (text: Buffer) => {
      if (text.toString().includes("[1/2]")) child.kill("SIGINT");
    });
    const { exitCode, stdout, stderr } = await child;
    expect(exitCode).toBe(130);
    const partial = runSchema.parse(JSON.parse(stdout));
    expect(partial.complete).toBe(false);
    expect(partial.cells).toHaveLength(1);
    const [, id = ""] = /mnb run --resume (\S+)/.exec(stderr) ?? [];
    const resumed = await mnb("run", "--resume", id, "--json");
    expect(resumed.exitCode).toBe(0);
    const run = runSchema.parse(JSON.parse(resumed.stdout));
    expect(run.complete).toBe(true);
    expect(stored(run).cells[0]).toEqual(stored(partial).cells[0]);
    expect(run.cells).toHaveLength(2);
    await rm(output, { recursive: true });
  }, 120_000);
});

describe("mnb check", () => {
  it("checks logits and layers, and tells of them as JSON", async () => {
    const image = fileURLToPath(new URL("../../packages/spec/images/noise.jpg", import.meta.url));
    const words = ["--model", SMALL, "--backend", "ts", "--image", image];
    const { stdout, exitCode } = await mnb("check", ...words, "--json");
    expect(exitCode).toBe(0);
    const { cells, matrix } = JSON.parse(stdout);
    expect(cells[0]).toMatchObject({ id: `${SMALL}/ts/node`, status: "ok", layers: { ok: true } });
    expect(cells[0].layers.comparisons.length).toBeGreaterThan(28);
    expect(matrix).toMatchObject([{ id: "ts/node", ok: 1, checked: 1, bitsDiffer: [] }]);
  });
});
