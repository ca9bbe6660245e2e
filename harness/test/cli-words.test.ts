import { execFileSync, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { describe, expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const mnb = (...words: string[]) => callMnb(words);
/** What would be offered for the last word. */
async function completed(...words: string[]) {
  const { stdout } = await mnb("complete", "--", ...words);
  const lines = stdout.split("\n");
  return { values: lines.slice(0, -1).map((line) => line.split("\t")[0]), directive: lines.at(-1) };
}

it("mnb --version tells the version and the commit", async () => {
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  const head = execFileSync("git", ["rev-parse", "HEAD"], { cwd: ROOT, encoding: "utf8" }).slice(0, 12);
  for (const word of ["--version", "-V"]) {
    const { stdout, exitCode } = await mnb(word);
    expect(exitCode).toBe(0);
    expect(stdout.replace(" with changes", "")).toBe(`mobilenet-bench ${version}, commit ${head}`);
  }
});

it("help of every command fits 80 columns", async () => {
  const { stdout } = await mnb("--help");
  const commands = [...stdout.slice(stdout.indexOf("Commands:")).matchAll(/^ {2}([a-z]+) /gm)].map(
    ([, name = ""]) => name,
  );
  expect(commands).toContain("nightly");
  for (const name of commands) {
    const lines = (await mnb(name, "--help")).stdout.split("\n");
    expect(lines.filter((line) => line.length > 80 && !line.trim().startsWith("--"))).toEqual([]);
  }
});

describe("completion", () => {
  it("offers commands, options, choices, names in lists, cells and runs", async () => {
    expect((await completed("")).values).toEqual(expect.arrayContaining(["run", "show", "completion"]));
    expect((await completed("")).values).not.toContain("complete");
    expect((await completed("run", "--mod")).values).toEqual(["--model"]);
    expect((await completed("check", "--format", "")).values).toEqual(["table", "markdown", "json", "junit"]);
    expect((await completed("run", "--backend", "ts,ort-n")).values).toEqual(["ts,ort-node"]);
    expect((await completed("run", "--backend=ts,ort-n")).values).toEqual(["ts,ort-node"]);
    expect((await completed("spec", "0.25_1")).values).toEqual(["0.25_192", "0.25_160", "0.25_128"]);
    expect((await completed("run", "0.5_160/ort-")).values).toEqual(
      expect.arrayContaining(["0.5_160/ort-node/node", "0.5_160/ort-webgpu/chrome"]),
    );
    expect((await completed("run", "0.5_160/ort-")).values).not.toContain("0.5_160/ort-webgpu/node");
    expect((await completed("show", "2026-11-22-12")).values).toEqual(["2026-11-22-1206c8248664"]);
  });

  it("leaves files to the shell", async () => {
    const files = { values: [], directive: ":0" };
    expect(await completed("classify", "")).toEqual(files);
    expect(await completed("run", "--weights", "")).toEqual(files);
    expect(await completed("show", "results/")).toEqual(files);
    expect((await completed("run", "0.5_160/wasm/n")).values).toEqual(["0.5_160/wasm/node"]);
  });

  it.skipIf(process.platform === "win32")("works in bash", async () => {
    const { stdout: script } = await execaNode(MAIN, ["completion", "bash"], { nodeOptions: [] });
    const ask = `${script}
COMP_WORDS=(./mnb show lat) COMP_CWORD=2
__mnb_complete 2>/dev/null
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync("bash", ["--norc", "-c", ask], { encoding: "utf8" });
    expect(stdout.trim()).toBe("latest");
  });

  it.each(["zsh", "fish", "powershell"])("has a script for %s, with this program in it", async (shell) => {
    const { stdout, exitCode } = await mnb("completion", shell);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`'${process.argv[1]}' complete`);
  });
});

describe("forms", () => {
  it("are the same for a list of cells", async () => {
    const list = async (...words: string[]) =>
      (await mnb("list", "--model", "0.5_160", "--backend", "ts,wasm", ...words)).stdout;
    const ids = ["mobilenet_v1_0.5_160/ts/node", "mobilenet_v1_0.5_160/wasm/node"];
    expect((await list()).split("\n")).toEqual(ids);
    expect(JSON.parse(await list("--json"))).toEqual(ids);
    expect(await list("--format", "json")).toBe(await list("--json"));
    expect((await list("--format", "csv")).split("\n")[1]).toBe(
      "mobilenet_v1_0.5_160/ts/node,mobilenet_v1_0.5_160,ts,node,,76524800,1319648",
    );
    expect((await list("--format", "markdown")).split("\n")).toHaveLength(4);
  });

  it("of a stored run are found by its name, and contradictions refused", async () => {
    const { stdout } = await mnb("show", "2026-11-22-1206", "--model", "0.5_160", "--format", "json");
    const { cells } = JSON.parse(stdout);
    expect(cells).toHaveLength(7);
    expect(cells[0].derived.ratio).toMatchObject({ base: "mobilenet_v1_0.5_160/ort-node/node", rounds: 10 });
    const both = await mnb("show", "2026-11-22-1206", "--json", "--format", "csv");
    expect(both).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining("Leave one out") });
  });
});

it("foreign words that an error quotes do not act on the terminal", async () => {
  const { stderr, exitCode } = await mnb("spec", "\u001B[2Jx\u0007");
  expect(exitCode).toBe(2);
  expect(stderr).toContain('"x\u{FFFD}" is no model');
});
