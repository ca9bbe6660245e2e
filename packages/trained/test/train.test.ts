import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tfjsNode } from "@mobilenet-bench/backend-tfjs";
import { readSafetensors } from "@mobilenet-bench/model-files/safetensors";
import { CLASSES } from "@mobilenet-bench/trained";
import { execaNode } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const SCRIPT = new URL("../scripts/train.ts", import.meta.url);
/** So few pictures that the network soon knows them by heart. */
const TINY = ["--resolution", "32", "--pictures", "32", "--batch", "32", "--validation", "16", "--seed", "3"];

const here = await tfjsNode.availability();
let folder = "";
const train = async (epochs: number) => {
  const call = execaNode(SCRIPT, [...TINY, "--epochs", String(epochs), "--out", folder]);
  const { stdout, stderr } = await call;
  const losses = [...stderr.matchAll(/^epoch \d+ of \d+: loss ([\d.]+)/gm)].map(([, loss]) => Number(loss));
  return { stdout, stderr, losses };
};

describe("scripts/train.ts", { timeout: 180_000 }, () => {
  beforeEach(async ({ skip }) => {
    skip(!here.available, here.available ? "" : `${here.reason} ${here.remedy}`);
    folder = await mkdtemp(join(tmpdir(), "trained-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("learns its pictures, writes the model, and has nothing left to do the second time", async () => {
    const { losses, stdout } = await train(60);
    expect(losses).toHaveLength(60);
    expect(losses[0]).toBeCloseTo(Math.log(CLASSES.length), 1);
    expect(losses.at(-1)).toBeLessThan(0.6 * Math.log(CLASSES.length));
    const bytes = await readFile(stdout.trim());
    const { model, labels } = readSafetensors(bytes);
    expect(model).toMatchObject({ name: "mobilenet_v1_0.25_32", classes: CLASSES.length });
    expect(labels).toEqual(CLASSES);

    const again = await train(60);
    expect(again.stderr).toMatch(/going on after epoch 60/);
    expect(again.losses).toEqual([]);
    expect(bytes.equals(await readFile(again.stdout.trim()))).toBe(true);
  });

  it("starts anew where the settings are others", async () => {
    await train(1);
    const { stderr, losses } = await train(2);
    expect(stderr).not.toMatch(/going on/);
    expect(losses).toHaveLength(2);
  });
});

describe("a wrong call", () => {
  it.each([
    [["--epochs", "0"], /\[trained\] --epochs is "0"\. Use a number above 0\./],
    [["--batch", "1.5"], /\[trained\] --batch is "1\.5"\. Use a whole number\./],
    [["--speed", "9"], /Unknown option '--speed'/],
  ])("%s is refused before anything is loaded", async (options, message) => {
    const { exitCode, stderr } = await execaNode(SCRIPT, options, { reject: false });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
  });
});
