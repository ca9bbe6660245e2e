import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const SMALL = "mobilenet_v1_0.25_32";

function check(...words: string[]) {
  const env = { NO_COLOR: "1" };
  return execaNode(MAIN, ["check", ...words], { reject: false, nodeOptions: [], env });
}

describe("mnb check", () => {
  it("writes a report to a file, and the table to standard output", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mnb-check-"));
    const output = join(folder, "report.xml");
    try {
      const cells = [`${SMALL}/ts/node`, `${SMALL}/ts/node?threads=2`, `${SMALL}/tfjs-webgpu/node`];
      const { exitCode, stdout, stderr } = await check(...cells, "--format", "junit", "--output", output);
      expect(stderr).toContain(`Report: ${output}`);
      // A cell that was asked for by its id and cannot be had counts.
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^ts +1\/1 .* yes$/m);
      // One thread or two: each sum is added up by one thread in the same order.
      expect(stdout).toMatch(/^ts threads=2 +1\/1 .* yes$/m);
      expect(stdout).toContain("! tfjs-webgpu/node: tfjs-webgpu does not run on the target node.");
      const xml = await readFile(output, "utf8");
      expect(xml).toContain('<testsuites name="mnb check" tests="3" failures="0" errors="0" skipped="1">');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("says so where a report cannot be written", async () => {
    const { exitCode, stderr } = await check(`${SMALL}/ts/node`, "--output", join(MAIN, "report.md"));
    expect(stderr).toMatch(
      /^\[files\] .*report\.md cannot be written: .*\. A part of this path is a file: name another place\.$/,
    );
    expect(exitCode).toBe(2);
  });

  it("keeps what is finished on Ctrl-C", async () => {
    const child = check("--model", `${SMALL},mobilenet_v1_1.0_224`, "--backend", "ts", "--json");
    child.stderr?.on("data", (text: Buffer) => {
      if (text.toString().includes("[1/2]")) child.kill("SIGINT");
    });
    const { exitCode, stdout, stderr } = await child;
    expect(exitCode).toBe(130);
    expect(stderr).toContain("Interrupted after 1 of 2 cells.");
    expect(JSON.parse(stdout).cells).toMatchObject([{ id: `${SMALL}/ts/node`, status: "ok" }]);
  });
});
