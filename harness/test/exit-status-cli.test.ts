import { fileURLToPath } from "node:url";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";

const PICTURE = fileURLToPath(new URL("../../packages/spec/images/noise.jpg", import.meta.url));
const SMALL = "mobilenet_v1_0.25_32";

let output = "";
beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), "mnb-exit-"));
});
afterAll(() => rm(output, { recursive: true }));

const mnb = (...words: string[]) => callMnb(words);

const run = (...words: string[]) =>
  callMnb(["run", "--protocol", "quick", "--no-peaks", "--output", output, "--model", SMALL, ...words], {
    short: true,
  });

describe("asked for by name and not measured", () => {
  it.each<[string, () => ReturnType<typeof mnb>, RegExp]>([
    [
      "run --precision int8",
      () => run("--backend", "ts", "--precision", "int8"),
      /! Asked for and not to be had: --precision int8\. .*precision/,
    ],
    [
      "run --browser-path /nonexistent",
      () => run("--backend", "wasm", "--target", "chrome", "--browser-path", "/nonexistent"),
      /not to be had: --browser-path \/nonexistent\. The browser \/nonexistent cannot be executed/,
    ],
    [
      "check of a cell that does not run there",
      () => mnb("check", `${SMALL}/ort-node/chrome`),
      /not to be had: \S+\/ort-node\/chrome\. ort-node does not run on the target chrome/,
    ],
    [
      "check of a backend that runs on one of two targets, in one line",
      () => mnb("check", "--model", SMALL, "--backend", "ort-node", "--target", "node,chrome"),
      /^(?!.*not to be had[^]*not to be had)[^]*not to be had: --target chrome\. /,
    ],
    [
      "check --threads 2 of one thread",
      () => mnb("check", "--model", SMALL, "--backend", "ts,tfjs-cpu", "--threads", "2"),
      /not to be had: --backend tfjs-cpu\. .*threads/,
    ],
    [
      "classify --precision int8",
      () => mnb("classify", PICTURE, "--backend", "ts", "--precision", "int8"),
      /not to be had: --precision int8/,
    ],
    [
      "accuracy --threads 2",
      () => mnb("accuracy", "--pictures", "1", "--backend", "tfjs-cpu", "--threads", "2"),
      /not to be had: --threads 2/,
    ],
    [
      "fuzz --backend of pages",
      () => mnb("fuzz", "--models", "1", "--backend", "ort-webgpu"),
      /not to be had: --backend ort-webgpu/,
    ],
  ])("%s ends with 1 and says why", async (_, ended, message) => {
    const { exitCode, stderr } = await ended();
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(1);
  });

  it.each([
    [["run", `${SMALL}/wasm/node?simd=foo`], /Use detected, baseline, relaxed or wide/],
    [["check", "--model", SMALL, "--precision", "fp99"], /Use fp32, fp16, int8/],
    [["list", "--model", SMALL, "--threads", "65"], /from 1 to 64/],
    [["run", "--model", SMALL, "--browser-path", "/nonexistent"], /Add --target chrome/],
    [["check", "--model", SMALL, "--headed"], /--headed is for chrome and firefox/],
    [["fuzz", "--models", "1", "--browser-args=--no-sandbox"], /--browser-args is for chrome/],
    [["classify", PICTURE, "--browser-args=--no-sandbox"], /--browser-args is for chrome/],
  ])("mnb %j ends with 2: nothing could ever have it", async (words, message) => {
    const { exitCode, stderr, stdout } = await mnb(...words);
    expect(stderr).toMatch(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });
});

it("says of a model that no memory holds that it is none here, at once, and still what it is made of", async () => {
  const huge = "mobilenet_v1_2000_224";
  const check = await mnb("check", `${huge}/wasm/node`);
  expect(check.stderr).toMatch(/wasm\/node  oom: mobilenet_v1_2000\.0_224 is too large for memory/);
  expect(check.exitCode).toBe(1);
  const inWasm = await mnb("check", "mobilenet_v1_20_224/wasm/node");
  expect(inWasm.stderr).toMatch(/wasm\/node  oom: mobilenet_v1_20\.0_224 is too large for memory/);
  const written = await mnb("export", huge, join(output, "huge.onnx"));
  expect(written).toMatchObject({ exitCode: 2, stdout: "" });
  expect(written.stderr).toMatch(/too large for memory: .* Choose a smaller α or resolution\.$/);
  const calibrate = await mnb("calibrate", "mobilenet_v1_20_224/wasm/node");
  expect(calibrate).toMatchObject({ exitCode: 2, stdout: "" });
  expect(calibrate.stderr).toMatch(
    /^mobilenet_v1_20\.0_224 is too large for memory: .* none of WebAssembly\.$/,
  );
  const spec = await mnb("spec", huge);
  expect(spec).toMatchObject({ exitCode: 0, stderr: "" });
  expect(spec.stdout).toMatch(/mult-adds/);
});

it("lets a glob bring along what cannot be had, unless --strict is given", async () => {
  const words = ["check", "--model", SMALL, "--backend", "tfjs-w*"];
  expect(await mnb(...words)).toMatchObject({ exitCode: 0 });
  const strict = await mnb(...words, "--strict");
  expect(strict.exitCode).toBe(1);
  expect(strict.stderr).toMatch(/not to be had: \S+\/tfjs-webgpu\/node/);
});
