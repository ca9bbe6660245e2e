import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tfjsNode } from "@mobilenet-bench/backend-tfjs";
import { readSafetensors } from "@mobilenet-bench/model-files/safetensors";
import { CLASSES } from "@mobilenet-bench/trained";
import { execaNode } from "execa";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const SCRIPT = new URL("../scripts/train.ts", import.meta.url);
/** So few pictures that the network soon knows them by heart. */
const TINY = ["--resolution", "32", "--pictures", "32", "--batch", "32", "--validation", "1", "--seed", "3"];
const EPOCHS = 60;

const here = await tfjsNode.availability();

describe("scripts/train.ts", { timeout: 180_000 }, () => {
  let root = "";
  let first: Awaited<ReturnType<typeof train>>;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "trained-"));
    if (here.available) first = await train(EPOCHS, join(root, "first"));
  }, 180_000);
  afterAll(() => rm(root, { recursive: true, force: true }));
  beforeEach(({ skip }) => skip(!here.available, here.available ? "" : `${here.reason} ${here.remedy}`));

  /** Trains where the first training was left, in a folder of its own. */
  async function trainOn(epochs: number, name: string) {
    const folder = join(root, name);
    await cp(join(root, "first"), folder, { recursive: true });
    return train(epochs, folder);
  }

  it("learns its pictures and writes the model", () => {
    expect(first.losses).toHaveLength(EPOCHS);
    expect(first.losses[0]).toBeCloseTo(Math.log(CLASSES.length), 1);
    expect(first.losses.at(-1)).toBeLessThan(0.6 * Math.log(CLASSES.length));
    const { model, labels } = readSafetensors(first.bytes);
    expect(model).toMatchObject({ name: "mobilenet_v1_0.25_32", classes: CLASSES.length });
    expect(labels).toEqual(CLASSES);
  });

  it("has nothing left to do the second time, and writes the same model", async () => {
    const again = await trainOn(EPOCHS, "again");
    expect(again.stderr).toMatch(/going on after epoch 60/);
    expect(again.losses).toEqual([]);
    expect(first.bytes.equals(again.bytes)).toBe(true);
  });

  it("starts anew where the settings are others", async () => {
    const { stderr, losses } = await trainOn(2, "others");
    expect(stderr).not.toMatch(/going on/);
    expect(losses).toHaveLength(2);
  });
});

/** Trains into a folder; what it printed, the loss of each epoch, and the file that it names. */
async function train(epochs: number, folder: string) {
  const call = execaNode(SCRIPT, [...TINY, "--epochs", String(epochs), "--out", folder]);
  const { stdout, stderr } = await call;
  const losses = [...stderr.matchAll(/^epoch \d+ of \d+: loss ([\d.]+)/gm)].map(([, loss]) => Number(loss));
  return { stderr, losses, bytes: await readFile(stdout.trim()) };
}

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
