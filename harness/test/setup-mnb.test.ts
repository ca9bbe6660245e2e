import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** A clone with nothing in it but the launcher; the tests give it a command line of their own. */
let clone = "";
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "mnb-clone-"));
  await cp(join(root, "mnb"), join(clone, "mnb"));
  await cp(join(root, "harness", "setup"), join(clone, "harness", "setup"), { recursive: true });
});
afterEach(() => rm(clone, { recursive: true }));

async function giveCli(source: string) {
  await mkdir(join(clone, "harness", "dist", "cli"), { recursive: true });
  await writeFile(join(clone, "harness", "package.json"), '{"type":"module"}');
  await writeFile(join(clone, "harness", "dist", "cli", "main.js"), source);
}

const start = (...args: string[]) =>
  spawn(process.execPath, [join(clone, "mnb"), ...args], { stdio: ["ignore", "pipe", "pipe"] });

async function end(child: ChildProcess) {
  const [[code, signal], out, err] = await Promise.all([
    once(child, "close"),
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
  ]);
  return { code, signal, out, err };
}

it("says in one line what to do where there was no set-up", async () => {
  const { code, out, err } = await end(start("run"));
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toMatch(/^\[mnb\] .*npm start.*\n$/);
});

it("passes arguments, output and the exit status", async () => {
  await giveCli("console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;");
  const { code, out } = await end(start("run", "a b", "--suite", "x*"));
  expect(JSON.parse(out)).toEqual(["run", "a b", "--suite", "x*"]);
  expect(code).toBe(3);
});

const hasSignals = process.platform !== "win32";

it.runIf(hasSignals)("lets the command line decide about Ctrl-C (Windows has no signals)", async () => {
  await giveCli(`
    process.on("SIGINT", () => { console.log("kept"); process.exit(1); });
    console.log("ready");
    setInterval(() => {}, 1000);
  `);
  const child = start();
  const ended = end(child);
  await once(child.stdout, "data");
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 1, out: "ready\nkept\n" });
});

it.runIf(hasSignals)(
  "dies of the signal that the command line died of (Windows has no signals)",
  async () => {
    await giveCli("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);");
    expect(await end(start())).toMatchObject({ code: null, signal: "SIGTERM" });
  },
);
