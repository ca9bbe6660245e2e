import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const isWindows = process.platform === "win32";

/** A clone with the launcher and one package; the tests give it a command line of their own. */
let clone = "";
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "mnb-clone-"));
  await cp(join(root, "mnb"), join(clone, "mnb"));
  await cp(join(root, "harness", "setup"), join(clone, "harness", "setup"), { recursive: true });
});
afterEach(() => rm(clone, { recursive: true, maxRetries: 3 }));

/** Writes a source of the one package. */
async function giveCli(source: string) {
  if (!existsSync(join(clone, "package.json"))) await makeWorkspace();
  await writeFile(join(clone, "harness", "src", "main.js"), source);
}

/** What Turborepo needs to know, and a build that copies the sources, slowly and with much to say. */
async function makeWorkspace() {
  const build = `
    import { cpSync, readFileSync } from "node:fs";
    console.log("building");
    console.error("still building");
    if (readFileSync("src/main.js", "utf8").includes("broken")) throw new Error("The source is broken.");
    cpSync("src", "dist/cli", { recursive: true });
  `;
  const files = {
    "package.json": { name: "clone", private: true, packageManager: "pnpm@10.34.9" },
    "turbo.json": { tasks: { build: { inputs: ["src/**"], outputs: ["dist/**"] } } },
    "harness/package.json": { name: "harness", type: "module", scripts: { build: "node build.mjs" } },
  };
  await mkdir(join(clone, "harness", "src"), { recursive: true });
  for (const [name, content] of Object.entries(files))
    await writeFile(join(clone, name), JSON.stringify(content));
  await writeFile(join(clone, "harness", "build.mjs"), build);
  await writeFile(join(clone, ".npmrc"), "");
  await writeFile(join(clone, "pnpm-workspace.yaml"), "packages:\n  - harness\n");
  await writeFile(
    join(clone, "pnpm-lock.yaml"),
    "lockfileVersion: '9.0'\nimporters:\n  .: {}\n  harness: {}\n",
  );
  await mkdir(join(clone, "node_modules"));
  for (const name of ["turbo", "node", "pnpm"])
    await symlink(
      await realpath(join(root, "node_modules", name)),
      join(clone, "node_modules", name),
      "junction",
    );
  await mkdir(join(clone, "harness", "dist", "cli"), { recursive: true });
  await writeFile(join(clone, "harness", "dist", "cli", "main.js"), 'console.log("old");');
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

describe("sources that changed since the build", () => {
  const say = (word: string) => `console.log(${JSON.stringify(word)});`;

  it("are built first, with nothing on standard output but the command's own", async () => {
    await giveCli(say("one"));
    expect(await end(start())).toMatchObject({
      code: 0,
      out: "one\n",
      err: expect.stringContaining("Building"),
    });
    expect(await end(start())).toMatchObject({ code: 0, out: "one\n", err: "" });
    await giveCli(say("two"));
    expect(await end(start("--json"))).toMatchObject({ code: 0, out: "two\n" });
  });

  it("refuse where they cannot be built, each time until they can", async () => {
    await giveCli(say("one"));
    await end(start());
    await giveCli(say("broken"));
    for (let time = 0; time < 2; time++) {
      const { code, out, err } = await end(start());
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(
        /The build failed\.[^]*The source is broken[^]*The whole log: .*build\.log[^]*Mend/,
      );
    }
    await giveCli(say("two"));
    expect(await end(start())).toMatchObject({ code: 0, out: "two\n" });
  });

  it("are built once where two begin at the same time", async () => {
    await giveCli(say("one"));
    await end(start());
    await giveCli(say("two"));
    const both = await Promise.all([end(start()), end(start())]);
    expect(both.map(({ code, out }) => ({ code, out }))).toEqual([
      { code: 0, out: "two\n" },
      { code: 0, out: "two\n" },
    ]);
    expect(both.filter(({ err }) => err.includes("✓ Building"))).toHaveLength(1);
  });

  it("wait while another one runs from what was built", async () => {
    await giveCli('console.log("ready"); setTimeout(() => {}, 600_000);');
    const running = start();
    const ended = end(running);
    await once(running.stdout, "data");
    await giveCli(say("two"));
    const refused = await end(start());
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toMatch(
      new RegExp(
        `sources have changed.*another mnb \\(process ${running.pid}\\) runs what is built. Wait until it ends`,
      ),
    );
    running.kill("SIGTERM");
    await ended;
    expect(await end(start())).toMatchObject({ code: 0, out: "two\n" });
  });

  it("are of no use with other packages: those have to be installed first", async () => {
    await giveCli(say("one"));
    await writeFile(
      join(clone, "node_modules", ".mobilenet-bench-install.json"),
      JSON.stringify({ key: "of another lock file" }),
    );
    const { code, out, err } = await end(start());
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/lock file or a manifest has changed.*npm start/);
  });
});

describe.skipIf(isWindows)("a clone into which nothing can be written", () => {
  const line = /^\[setup\] A file in \S+ cannot be written or read: EFBIG: .+ Allow .+ \(ulimit -f\).+\n$/;
  const setup = () => join(clone, "harness", "setup");
  const state = () => join(clone, ".mnb", "setup");

  const startWithout = (...words: string[]) =>
    spawn("/bin/sh", ["-c", 'ulimit -f 0; exec "$@"', "sh", process.execPath, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
    });

  it("is refused in one line, and left as it was", async () => {
    await giveCli("");
    expect(await end(startWithout(join(clone, "mnb")))).toEqual({
      code: 2,
      signal: null,
      out: "",
      err: expect.stringMatching(line),
    });
    expect(await readdir(join(state(), "users"))).toEqual([]);
    expect(await end(startWithout(join(setup(), "setup.mjs")))).toMatchObject({
      code: 1,
      err: expect.stringMatching(line),
    });
    expect(existsSync(join(state(), "lock"))).toBe(false);
  });

  it("is told by what runs a command: its log has no room", async () => {
    const call = `
      import { exec } from "./exec.mjs";
      import { asFailure } from "./failure.mjs";
      import { root } from "./paths.mjs";
      const command = { file: process.execPath, args: ["--version"], env: process.env, onLine() {} };
      await exec({ ...command, log: root + "/log" }).catch((error) => console.error(asFailure(error)?.message));
    `;
    await writeFile(join(setup(), "call.mjs"), call);
    expect(await end(startWithout(join(setup(), "call.mjs")))).toMatchObject({
      code: 0,
      err: expect.stringMatching(line),
    });
  });
});

describe("readers that leave", () => {
  /** Whoever reads standard error has gone before anything is said. */
  async function endUnheard(script: string, ...args: string[]) {
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    child.stderr.destroy();
    const [out, [code, signal]] = await Promise.all([text(child.stdout), once(child, "close")]);
    return { out, code, signal };
  }
  const says = "console.error(1); console.log(2); process.exitCode = 3;";

  it("change no status of what refuses to begin", async () => {
    expect(await endUnheard(join(clone, "mnb"), "list")).toEqual({ out: "", code: 2, signal: null });
  });

  it("change neither the build nor what is launched behind it", async () => {
    await giveCli(`process.stderr.on("error", () => {}); ${says}`);
    expect(await endUnheard(join(clone, "mnb"))).toEqual({ out: "2\n", code: 3, signal: null });
  });

  it("change no status of the set-up and of what tests it", async () => {
    await giveCli("broken");
    const setup = join(clone, "harness", "setup");
    expect(await endUnheard(join(setup, "test.mjs"), "--nonsense")).toMatchObject({ code: 2 });
    expect(await endUnheard(join(setup, "start.mjs"), "--help")).toMatchObject({ code: 0 });
  });
});

it.skipIf(isWindows)(
  "ends all steps that it runs beside each other, told to end (Windows has no signals)",
  async () => {
    const step = `
      const end = () => { require("node:fs").writeFileSync(process.argv[1], "ended"); process.exit(); };
      process.on("SIGTERM", end);
      console.log("ready");
      setInterval(() => {}, 1000);
    `;
    const call = `
      import { exec } from "./exec.mjs";
      import { root } from "./paths.mjs";
      const run = (name) => exec({
        file: process.execPath,
        args: ["-e", ${JSON.stringify(step)}, name],
        env: process.env,
        log: root + "/" + name + ".log",
        onLine: (line) => console.log(line),
      });
      await Promise.all([run("one"), run("two")]);
    `;
    const path = join(clone, "harness", "setup", "call.mjs");
    await writeFile(path, call);
    const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (text) => (said += String(text)));
    await vi.waitFor(() => expect(said).toBe("ready\nready\n"), 30_000);
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([143, null]);
    await vi.waitFor(
      () => expect(["one", "two"].map((name) => existsSync(join(clone, name)))).toEqual([true, true]),
      30_000,
    );
  },
);

it.skipIf(isWindows)("lets the command line decide about Ctrl-C (Windows has no signals)", async () => {
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

it.skipIf(isWindows)(
  "dies of the signal that the command line died of (Windows has no signals)",
  async () => {
    await giveCli("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);");
    expect(await end(start())).toMatchObject({ code: null, signal: "SIGTERM" });
  },
);
