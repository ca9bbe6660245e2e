import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nightSchema } from "@mobilenet-bench/results";
import { execa } from "execa";
import { expect, it } from "vitest";
import { temporaryFolder } from "./support/tiny-repository.ts";

const CLONE = fileURLToPath(new URL("../..", import.meta.url));
/** Sets up three checkouts, packages and all, and measures in each. */
const PATIENCE_MS = 5_400_000;
const STEP = join("packages", "backend-ts", "src", "run-step.ts");
const CELL = "mobilenet_v1_0.25_128/ts/node";

it(
  "finds, confirms, publishes and closes a regression that is planted in a kernel and mended again",
  { timeout: PATIENCE_MS },
  async () => {
    const root = await temporaryFolder();
    const [clone, remote] = [join(root, "clone"), join(root, "remote.git")];
    await execa("git", ["clone", "--quiet", "--shared", CLONE, clone], { stdin: "ignore" });
    await execa("git", ["init", "--quiet", "--bare", remote]);
    const git = async (...words: string[]) => {
      const identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"];
      return (await execa("git", [...identity, ...words], { cwd: clone, stdin: "ignore" })).stdout;
    };
    const night = async (name: string) => {
      const words = ["nightly", "--night", name, "--remote", remote, "--pairs", "0", "--shards", "1"];
      const cells = ["--model", "0.25_128", "--backend", "ts,wasm,ort-node", "--protocol", "quick"];
      const { all, exitCode } = await execa(process.execPath, ["mnb", ...words, ...cells], {
        cwd: clone,
        reject: false,
        all: true,
        stdin: "ignore",
        env: { MNB_MAX_DISTURBANCE: "1" },
      });
      const published = await execa("git", ["show", `data:nights/${name}.json`], {
        cwd: remote,
        reject: false,
      });
      if (published.failed) throw new Error(all);
      return { exitCode, ...nightSchema.parse(JSON.parse(published.stdout)) };
    };

    await execa(process.execPath, ["harness/setup/setup.mjs"], { cwd: clone, stdin: "ignore" });
    expect(await night("first")).toMatchObject({ nominees: [], opened: [] });

    const source = await readFile(join(clone, STEP), "utf8");
    const changed = source.replace(
      "=>\n  KERNELS[step.layer.type](step, input, output, share);",
      "=> {\n  for (let time = 0; time < 2; time++) KERNELS[step.layer.type](step, input, output, share);\n};",
    );
    expect(changed).not.toBe(source);
    await writeFile(join(clone, STEP), changed);
    await git("commit", "--quiet", "--all", "--message=Compute all twice");
    const second = await night("second");
    expect(second).toMatchObject({
      exitCode: 1,
      nominees: [{ cell: CELL, direction: "slower", outcome: "slower" }],
      opened: [expect.stringContaining(CELL)],
    });
    const issues = await readdir(join(clone, ".mnb", "nights", "second", "issues"));
    expect(issues).toEqual([expect.stringMatching(/^open-slower-.*ts-node\.md$/)]);

    await git("revert", "--no-edit", "HEAD");
    const third = await night("third");
    expect(third).toMatchObject({ closed: second.opened, open: [] });
  },
);
