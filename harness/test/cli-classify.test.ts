import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeModelFile } from "@mobilenet-bench/model-files";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { CLASSES, drawPicture } from "@mobilenet-bench/trained";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { callMnb } from "./support/call-mnb.ts";

const SIDE = 64;
let folder: string;
/** Held-out pictures as PNG files, in a folder for each class. */
let pictures: string[];

const mnb = (...words: string[]) => callMnb(words);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-classify-"));
  pictures = [];
  for (const [index, name] of CLASSES.entries()) {
    const { pixels } = drawPicture("held-out", index, SIDE);
    const path = join(folder, name, "picture.png");
    await mkdir(join(folder, name));
    await writeFile(path, encode({ width: SIDE, height: SIDE, data: pixels, channels: 3 }));
    pictures.push(path);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("mnb classify", () => {
  it("tells what each backend sees with the shipped model, beside the reference", async () => {
    const [first = "", second = ""] = pictures;
    const { stdout, exitCode } = await mnb("classify", first, second, "--backend", "ts,wasm", "--json");
    expect(exitCode).toBe(0);
    const { pictures: answers, weights } = JSON.parse(stdout);
    expect(weights).toMatchObject({
      model: "mobilenet_v1_0.25_64",
      classes: CLASSES.length,
      labels: "file",
    });
    expect(answers).toHaveLength(2);
    for (const { reference, cells } of answers) {
      expect(reference).toHaveLength(5);
      expect(cells).toHaveLength(2);
      for (const { status, top5 } of cells) {
        expect(status).toBe("ok");
        const labels = (ranked: { label: string }[]) => ranked.map(({ label }) => label);
        expect(labels(top5)).toEqual(labels(reference));
      }
    }
  });

  it("names the classes of a network that has as many as ImageNet, and says that it assumes so", async () => {
    const [first = ""] = pictures;
    const model = createModel({ alpha: 0.05, resolution: 32, classes: 1001 });
    const tensors = new Map(generateWeights(model).tensors);
    const favourite = new Float32Array(1001);
    favourite[640] = 100;
    tensors.set("Logits/biases", { shape: [1001], data: favourite });
    const weights = join(folder, "imagenet.safetensors");
    await writeModelFile({ model, weights: { tensors, epsilon: 0.001 } }, weights, "safetensors");
    const words = ["classify", first, "--backend", "ts", "--weights", weights];
    const { stdout } = await mnb(...words);
    expect(stdout).toContain("1001 classes, taken for ImageNet's: the file names none (--labels does)");
    expect(stdout).toMatch(/^maillot, tank suit +100\.0 +100\.0$/m);

    const labels = join(folder, "labels.json");
    await writeFile(labels, JSON.stringify(Array.from(favourite, (_, index) => `kind ${index}`)));
    const { pictures: answers, weights: used } = JSON.parse(
      (await mnb(...words, "--labels", labels, "--json")).stdout,
    );
    expect(used.labels).toBe("option");
    expect(answers[0].cells[0].top5[0]).toMatchObject({ index: 640, label: "kind 640" });
    expect((await mnb(...words, "--labels", labels)).stdout).not.toContain("ImageNet");
  });

  it("prints a table that fits the terminal", async () => {
    const [first = ""] = pictures;
    vi.stubEnv("COLUMNS", "40");
    const { stdout } = await mnb("classify", first, "--backend", "ts");
    vi.unstubAllEnvs();
    expect(stdout).toMatch(/%\s+reference\s+ts\n/);
    for (const line of stdout.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(40);
  });
});

describe("mnb accuracy", () => {
  it("of drawn pictures is what it is of the same pictures in files", async () => {
    const words = ["accuracy", "--backend", "wasm", "--pictures", String(CLASSES.length), "--json"];
    const drawn = JSON.parse((await mnb(...words)).stdout);
    const [reference, wasm] = drawn.cells;
    expect(wasm).toMatchObject({ id: "wasm/node", pictures: CLASSES.length, agreeing: CLASSES.length });
    expect(wasm.correct).toBe(reference.correct);
    // Trained: by chance it would be right in one of sixteen.
    expect(wasm.top1).toBeGreaterThan(0.5);
    expect(wasm.worstFraction).toBeLessThan(1);
    const files = JSON.parse((await mnb(...words, "--images", folder, "--crop", "1")).stdout);
    expect(files.cells).toEqual(drawn.cells);
  });
});

describe("wrong calls", () => {
  it.each([
    [["classify"], /missing required argument/],
    [["classify", "none.png"], /none\.png cannot be read/],
    [["classify", fileURLToPath(import.meta.url)], /neither PNG nor JPEG/],
    [["classify", "none.png", "--weights", "none.onnx"], /none\.onnx" cannot be read/],
    [["accuracy", "--images", "none"], /The folder none cannot be read/],
    [["accuracy", "--images", fileURLToPath(new URL("../src", import.meta.url))], /is no class of the model/],
    [["accuracy", "--pictures", "0"], /whole number from 1/],
    [["accuracy", "--crop", "1.5"], /at most 1/],
    [["accuracy", "--model", "mobilenet_v1_0.5_64"], /unknown option '--model'/],
  ])("mnb %j ends with 2 and one line", async (words, message) => {
    const { exitCode, stderr, stdout } = await mnb(...words);
    expect(stderr).toMatch(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.split("\n").length).toBeLessThanOrEqual(2);
  });
});
