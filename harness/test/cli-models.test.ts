import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";
import { runSchema } from "@mobilenet-bench/results";
import { createModel } from "@mobilenet-bench/spec";

const MODEL = "mobilenet_v1_0.25_32";
let folder: string;

const mnb = (...words: string[]) => callMnb(words);

const inFolder = (name: string) => join(folder, name);

/** A model with five classes in a file of that format. */
async function exported(format: string, name: string): Promise<string> {
  const output = inFolder(name);
  const words = ["export", MODEL, "--classes", "5", "--seed", "9", "--format", format, "--output", output];
  const { exitCode, stdout } = await mnb(...words);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: output });
  return output;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-models-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("models from and to files", () => {
  it("come back from every format with the same bits", async () => {
    const files = [await exported("onnx", "a.onnx"), await exported("tfjs", "b")];
    const direct = await readFile(await exported("safetensors", "c.safetensors"));
    const tensorsOf = (bytes: Buffer) => bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
    for (const file of files) {
      const output = `${file}.safetensors`;
      const { exitCode, stdout } = await mnb("import", file, "--output", output, "--json");
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ model: MODEL, classes: 5, output });
      expect(tensorsOf(await readFile(output)).equals(tensorsOf(direct))).toBe(true);
    }
  });

  it("are measured and checked with their own weights and classes, and named in the run file", async () => {
    const weights = await exported("onnx", "measured.onnx");
    const words = ["--weights", weights, "--backend", "ts", "--json"];
    const measured = ["run", ...words, "--protocol", "quick", "--no-peaks", "--output", folder];
    const ran = await callMnb(measured, { short: true });
    expect(ran.exitCode).toBe(0);
    const run = runSchema.parse(JSON.parse(ran.stdout));
    expect(run.weights).toEqual({
      name: "measured.onnx",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { params } = createModel({ alpha: 0.25, resolution: 32, classes: 5 });
    expect(run.cells).toMatchObject([{ id: `${MODEL}/ts/node`, status: "ok", params }]);
    const verdict = await mnb("check", ...words);
    expect(verdict.exitCode).toBe(0);
  });

  it("take their labels along", async () => {
    const labels = inFolder("labels.txt");
    await writeFile(labels, "ant\nbee\ncat\ndog\nelk\n");
    const named = inFolder("named.safetensors");
    const weights = await exported("safetensors", "plain.safetensors");
    await mnb("import", weights, "--labels", labels, "--output", named);
    const { stdout } = await mnb(
      "export",
      "--weights",
      named,
      "--format",
      "onnx",
      "--output",
      inFolder("named.onnx"),
    );
    expect(stdout).toBe(inFolder("named.onnx"));
    const onnx = await readFile(inFolder("named.onnx"), "latin1");
    expect(onnx).toContain("elk");
  });
});

describe("wrong calls", () => {
  it.each([
    [["export"], /Say where to/],
    [["export", MODEL, "--weights", "x.onnx", "--output", "y.onnx"], /one of the two/],
    [["export", MODEL, "--format", "h5", "--output", "x"], /Allowed choices are onnx, tfjs, safetensors/],
    [["export", MODEL, "--classes", "0", "--format", "onnx", "--output", "x"], /whole number from 1/],
    [["import", "none.onnx"], /none\.onnx" cannot be read/],
    [["import", fileURLToPath(import.meta.url)], /\[model-files\]/],
    [["run", "--weights", "none.onnx"], /none\.onnx" cannot be read/],
  ])("mnb %j ends with 2 and one line", async (words, message) => {
    const { exitCode, stderr, stdout } = await mnb(...words);
    expect(stderr).toMatch(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.split("\n").length).toBeLessThanOrEqual(2);
  });

  it("weights go with no suite, and with no other model", async () => {
    const weights = await exported("safetensors", "d.safetensors");
    const suite = await mnb("check", "--weights", weights, "--suite", "quick");
    expect([suite.exitCode, suite.stderr]).toEqual([
      2,
      expect.stringContaining("Leave --suite or --weights out"),
    ]);
    const other = await mnb("check", "--weights", weights, "--model", "mobilenet_v1_0.5_64");
    expect([other.exitCode, other.stderr]).toEqual([
      2,
      expect.stringContaining("not of mobilenet_v1_0.5_64"),
    ]);
  });
});
