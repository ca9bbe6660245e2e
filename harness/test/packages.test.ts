import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execaNode } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile, installConsumer, MINUTES_MS, RIGHT, type Consumer } from "./support/packages-consumer.ts";

// The packages as their users have them: packed, installed together into an empty folder, compiled, run in Node (with
// Node 20 and the programs of the READMEs: packages-in-node.nightly.test.ts; in pages: packages-in-pages.nightly.test.ts).
// What is not packed shows here alone: lint looks at their folders.

let consumer: Consumer;
beforeAll(async () => void (consumer = await installConsumer()), 3 * MINUTES_MS);
afterAll(() => consumer.remove());

it("hold all that they point to, their licence, and no tests", async () => {
  for (const name of consumer.names) {
    const place = consumer.placeOf(name);
    const files = await readdir(place, { recursive: true });
    const manifest = await readFile(join(place, "package.json"), "utf8");
    const targets = Array.from(manifest.matchAll(/: "(\.\/[^"]+)"/g), ([, path = ""]) => path);
    const missing = targets.filter((path) => /\.\w+$/.test(path) && !existsSync(join(place, path)));
    expect({ name, missing }).toEqual({ name, missing: [] });
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md"]));
    expect(files.filter((file) => /(^|\/)test\/|\.test\./.test(file))).toEqual([]);
    for (const map of files.filter((file) => file.endsWith(".map"))) {
      const { sources }: { sources: string[] } = JSON.parse(await readFile(join(place, map), "utf8"));
      for (const source of sources)
        expect(
          existsSync(join(place, dirname(map), source)),
          `${name}/${map}: ${source}; where it was renamed, delete dist and build again`,
        ).toBe(true);
    }
  }
});

describe("in Node", () => {
  beforeAll(() => compile(consumer), MINUTES_MS);

  it("compile with typed options and the programs of their READMEs, and compute what is right", async () => {
    const { stdout, stderr } = await consumer.run(process.execPath, "node");
    expect(JSON.parse(stdout)).toEqual(RIGHT);
    expect(stderr).toBe("");
  });

  it("bring the command line", async () => {
    const mnb = join(consumer.placeOf("@mobilenet-bench/harness"), "dist", "cli", "main.js");
    const options = { cwd: consumer.folder, reject: false } as const;
    const { stdout } = await execaNode(mnb, ["spec", "mobilenet_v1_0.25_64"], options);
    expect(stdout).toContain("mobilenet_v1_0.25_64");
    for (const command of ["mutate", "pack"])
      expect(await execaNode(mnb, [command], options)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/ a clone of the project\. Run mnb \w+ in one\.$/),
      });
  });
});
