import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa, execaNode } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRun } from "@mobilenet-bench/results/store";
import { runCommand } from "../src/cli/run.ts";
import { runsFolder } from "../src/folders.ts";
import { callMnb } from "./support/call-mnb.ts";
import { SHORT } from "./support/mnb.ts";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const PICTURES = fileURLToPath(new URL("../../packages/spec/images", import.meta.url));
const SMALL = "mobilenet_v1_0.25_32";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-kept-"));
  await writeFile(join(folder, "file"), "");
});
afterAll(() => rm(folder, { recursive: true }));

const options = () => ({ cwd: folder, reject: false }) as const;

function mnb(...words: string[]) {
  return execaNode(MAIN, words, { ...options(), nodePath: process.execPath, nodeOptions: SHORT });
}

/** Where no file may have more bytes than so many times 512: what a full disk does, on any disk. */
function onShortDisk(blocks: number, words: readonly string[], into = "/dev/null") {
  const command = `ulimit -f ${blocks}; exec "$@" > ${into}`;
  return execa("sh", ["-c", command, "sh", process.execPath, ...SHORT, MAIN, ...words], options());
}

/** The run in progress that has this seed. */
async function idOf(seed: number): Promise<string> {
  return (await readdir(runsFolder())).find((name) => name.includes(`-${seed}-`)) ?? "";
}

describe.skipIf(process.platform === "win32")("on a disk that is too short", () => {
  it("a run keeps its folder, says how to go on, and goes on", async () => {
    const words = [
      "--model",
      SMALL,
      "--backend",
      "ts,reference",
      "--protocol",
      "quick",
      "--no-peaks",
      "--output",
      "short",
    ];
    const cut = await onShortDisk(8, ["run", ...words]);
    expect(cut.exitCode).toBe(1);
    expect(cut.stderr.trimEnd().split("\n").at(-1)).toMatch(/^\[files\] .*\(EFBIG\)\. Allow larger files/);
    expect(await readdir(join(folder, "short")).catch(() => [])).toEqual([]);
    const [, id = ""] = /is kept in .*; go on with: mnb run --resume (\S+)/.exec(cut.stderr) ?? [];
    expect(existsSync(join(runsFolder(), id, "start.json"))).toBe(true);

    const whole = await callMnb(["run", "--resume", id, "--output", "long"], { cwd: folder });
    expect(whole.exitCode).toBe(0);
    const [name = ""] = await readdir(join(folder, "long"));
    expect((await readRun(join(folder, "long", name))).cells).toHaveLength(2);
    expect(existsSync(join(runsFolder(), id))).toBe(false);
  }, 120_000);

  it.each([
    ["an export", ["export", SMALL, "--format", "safetensors", "--output", "m.safetensors"], "m.safetensors"],
    ["a report", ["check", `${SMALL}/ts/node`, "--format", "json", "--output", "r.json"], "r.json"],
  ])("%s does not appear", async (_, words, name) => {
    const { exitCode, stderr } = await onShortDisk(8, words);
    expect(exitCode).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/cannot be written: .*\(EFBIG\)/);
    expect(await readdir(folder)).not.toContain(name);
    expect((await readdir(folder)).filter((one) => one.startsWith("."))).toEqual([]);
  });

  it("standard output is not taken for whole", async () => {
    const { exitCode, stderr } = await onShortDisk(8, ["spec", "--paper", "--json"], "paper.json");
    expect(stderr).toMatch(/^\[files\] Standard output cannot be written: .*\(EFBIG\)/);
    expect(exitCode).toBe(1);
  });
});

describe("an output that cannot be written", () => {
  it.each([
    ["run", "--model", SMALL, "--output", "file/below"],
    ["run", "--model", SMALL, "--output", "file"],
    ["check", "--model", SMALL, "--output", "file/below"],
    ["export", SMALL, "--format", "onnx", "--output", "file/below"],
    ["export", SMALL, "--format", "tfjs", "--output", "file"],
    ["import", "none.onnx", "--output", "file/below"],
    ...(process.platform === "linux" ? [["pack", "--output", "file/below"]] : []),
  ])("%s %s %s %s %s %s %s is told at once, in a line", async (...words) => {
    const { exitCode, stderr, stdout } = await callMnb(
      words.filter((word) => word !== undefined),
      { cwd: folder },
    );
    expect(stderr).toMatch(/^\[files\] \S*file\S* cannot be written: .*\.$/);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
  });
});

describe("mnb run --resume", () => {
  it("refuses every option that decides what is measured, by name", async () => {
    const kept = ["resume", "output", "strict", "format", "json"];
    /** What an option takes that does not take just anything. */
    const values: Record<string, string> = {
      protocol: "quick",
      seed: "1",
      "max-disturbance": "1",
      shard: "1/2",
    };
    const others = runCommand().options.filter((option) => !kept.includes(option.attributeName()));
    const words = others.flatMap((option) => [
      option.long ?? "",
      ...(option.required ? [values[option.name()] ?? "x"] : []),
    ]);
    const { exitCode, stderr } = await callMnb(["run", "--resume", ...words]);
    expect(stderr).toContain(`Leave ${others.map(({ long }) => long).join(", ")} out, or start a new run.`);
    expect(stderr).toMatch(/--seed, .*--protocol, .*--samples, --profile, --no-peaks/);
    expect(exitCode).toBe(2);
  });

  it("waits its turn, holds on to what it began with, and goes on after a kill", async () => {
    const seed = 71_193;
    await copyFile(join(PICTURES, "noise.jpg"), join(folder, "mine.jpg"));
    const words = [
      "--backend",
      "reference",
      "--image",
      "mine.jpg",
      "--seed",
      String(seed),
      "--output",
      "out",
    ];
    const child = mnb(
      "run",
      "--model",
      `${SMALL},mobilenet_v1_0.25_33`,
      "--protocol",
      "quick",
      "--no-peaks",
      ...words,
    );
    const begun = new Promise<void>((resolve) => {
      child.stderr?.on("data", (text: Buffer) => {
        if (text.toString().includes("[1/2]")) resolve();
      });
    });
    await Promise.race([begun, child]);
    child.kill("SIGSTOP");
    const id = await idOf(seed);
    const second = await callMnb(["run", "--resume", id]);
    expect(second.stderr).toMatch(`The run ${id} is being measured: by process ${child.pid} on `);
    expect(second.exitCode).toBe(2);
    child.kill("SIGKILL");
    await child;

    await copyFile(join(PICTURES, "gradient-portrait.jpg"), join(folder, "mine.jpg"));
    const other = await callMnb(["run", "--resume", id]);
    expect(other.stderr).toContain(`${join(folder, "mine.jpg")} has changed since the run began`);
    expect(other.exitCode).toBe(2);

    await copyFile(join(PICTURES, "noise.jpg"), join(folder, "mine.jpg"));
    const whole = await callMnb(["run", "--resume", id]);
    expect(whole.exitCode).toBe(0);
    const [name = ""] = await readdir(join(folder, "out"));
    const run = await readRun(join(folder, "out", name));
    expect(run.picture?.name).toBe("mine.jpg");
    const sets = run.parts?.map((part) => part.sets?.map(({ model, set }) => `${model} ${set}`));
    expect(sets).toEqual([
      [`${SMALL} 0`, "mobilenet_v1_0.25_33 0", `${SMALL} 1`],
      ["mobilenet_v1_0.25_33 1"],
    ]);
    expect(whole.stderr).toContain("Kept: 3 of 4 sets (2 of each model).");
    expect(run.parts?.[0]?.environment.commit).toBe(run.environment.commit);
  }, 180_000);

  it("says that a run was changed by hand", async () => {
    const [name = ""] = await readdir(join(folder, "out"));
    const path = join(folder, "out", name);
    await writeFile(path, (await readFile(path, "utf8")).replace(/"median": [\d.]+/, '"median": 0.001'));
    const { exitCode, stderr } = await callMnb(["show", path]);
    expect(stderr).toMatch(/was changed since it was written: .* Restore it, or give it a name of your own/);
    expect(exitCode).toBe(2);
  });
});
