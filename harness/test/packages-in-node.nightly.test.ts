import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compile, installConsumer, MINUTES_MS, RIGHT, type Consumer } from "./support/packages-consumer.ts";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installConsumer();
  await compile(consumer);
}, 4 * MINUTES_MS);
afterAll(() => consumer.remove());

it("packages run on Node 20 too, as their manifests say", async ({ skip }) => {
  const node = await findNode20();
  skip(node === undefined, "There is no Node 20 on the path.");
  const { stdout } = await consumer.run(node ?? "", "node");
  expect(JSON.parse(stdout)).toEqual(RIGHT);
});

it(
  "packages run the programs that their READMEs show",
  async () => {
    const { folder, programs } = consumer;
    const shown = [...programs].filter(([, program]) => program !== "").map(([name]) => name);
    expect(shown.toSorted()).toEqual([
      "backend",
      "backend-ort",
      "backend-tfjs",
      "backend-ts",
      "backend-wasm",
      "backend-webgpu",
      "model-files",
      "results",
      "runner",
      "spec",
      "trained",
    ]);
    // Whether there is an adapter is for the backend's own tests.
    const runnable = shown.filter((name) => name !== "backend-webgpu");
    // What they need is there: the picture, and a model that the consumer's program writes.
    await consumer.run(process.execPath, "node");
    await cp(join(folder, "model.onnx"), join(folder, "mobilenet.onnx"));
    for (const name of runnable) {
      const { failed, stderr } = await execa(process.execPath, [join("out", `readme-${name}.js`)], {
        cwd: folder,
        timeout: MINUTES_MS,
        reject: false,
      });
      expect({ name, failed, stderr }).toEqual({ name, failed: false, stderr: "" });
    }
  },
  2 * MINUTES_MS,
);

async function findNode20(): Promise<string | undefined> {
  for (const place of (process.env["PATH"] ?? "").split(delimiter)) {
    const node = join(place, process.platform === "win32" ? "node.exe" : "node");
    if (!existsSync(node)) continue;
    const { stdout } = await execa(node, ["--version"], { reject: false });
    if (stdout.startsWith("v20.")) return node;
  }
  return undefined;
}
