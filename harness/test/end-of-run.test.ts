import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BROWSER } from "./support/browser.ts";
import { broken } from "./support/mnb.ts";

const LAUNCHER = fileURLToPath(new URL("../../mnb", import.meta.url));
const SMALL = "mobilenet_v1_0.25_32";
/** Where a cell hangs before its blocks, and from the first of them on. */
const BEFORE = ["import", "load"];
const FROM_THEN_ON = ["block"];
if (process.env["MNB_NIGHTLY"]) {
  BEFORE.push("second inference");
  FROM_THEN_ON.push("dispose");
}
/** Of each process of one test, so that they are found whoever their parent is by then. */
const MARK = "MNB_TEST_MARK";

// Looks at /proc.
describe.skipIf(process.platform !== "linux")(
  "a run that is ended from outside",
  { timeout: 180_000 },
  () => {
    let folder = "";
    let mark = "";
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "mnb-ended-"));
      mark = folder;
    });
    afterEach(async () => {
      for (const { pid } of processes(mark)) process.kill(pid, "SIGKILL");
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    });

    function start(cell: string, env: Record<string, string> = {}): ChildProcess {
      const words = ["run", `${SMALL}/${cell}`, "--protocol", "quick", "--no-peaks", "--output", folder];
      return spawn(process.execPath, [LAUNCHER, ...words], {
        env: { ...process.env, ...env, TMPDIR: folder, [MARK]: mark },
        stdio: ["ignore", "pipe", "pipe"],
      });
    }

    /** Starts a run of `ts` in which it misbehaves, and resolves when it has begun to. */
    async function startBroken(how: string): Promise<ChildProcess> {
      const begun = join(folder, "begun");
      const launcher = start("ts/node", { ...broken(how), MNB_BROKEN_MARK: begun });
      await until(() => existsSync(begun));
      return launcher;
    }

    async function leftOver() {
      await until(() => processes(mark).length === 0);
      return processes(mark);
    }

    const harnessOf = (launcher: ChildProcess) => {
      const found = processes(mark).find(
        ({ pid, command }) => pid !== launcher.pid && command.includes("cli/main.js"),
      );
      return found?.pid ?? expect.fail("there is no harness");
    };

    it.each(["the harness", "mnb"])("leaves no looping runner behind when %s is killed", async (who) => {
      const launcher = await startBroken("loop at first inference");
      process.kill(who === "mnb" ? (launcher.pid ?? 0) : harnessOf(launcher), "SIGKILL");
      expect(await leftOver()).toEqual([]);
    });

    /** How a run ends on Ctrl-C, and how soon. */
    async function interrupt(launcher: ChildProcess) {
      const began = performance.now();
      process.kill(harnessOf(launcher), "SIGINT");
      const [code] = await once(launcher, "exit");
      // A job's deadline is a minute or more.
      expect(performance.now() - began).toBeLessThan(30_000);
      expect(await leftOver()).toEqual([]);
      return code;
    }

    it.each(BEFORE)("ends soon after Ctrl-C while a cell hangs at %s", async (where) => {
      const launcher = await startBroken(`loop at ${where}`);
      // Shells count a death by SIGINT as 130, too: nothing was measured yet where backends are still asked.
      expect([130, null]).toContain(await interrupt(launcher));
    });

    /** The same where the run has something to go on with: the exit status, and what was said last. */
    async function interruptRun(launcher: ChildProcess) {
      let said = "";
      launcher.stderr?.on("data", (text) => (said += String(text)));
      return { status: await interrupt(launcher), said };
    }
    const RESUMABLE = { status: 130, said: expect.stringMatching(/--resume/) };

    it.each(FROM_THEN_ON)(
      "ends soon after Ctrl-C while a cell hangs at its %s, and says how to go on",
      async (where) => {
        expect(await interruptRun(await startBroken(`loop at ${where}`))).toEqual(RESUMABLE);
      },
    );

    const profiles = async () => (await readdir(folder)).filter((name) => name.startsWith("mnb-profile-"));

    it.each(["chrome", "firefox"])(
      "ends soon after Ctrl-C while %s starts and does not get ready, and leaves nothing of it",
      async (browser) => {
        const path = join(folder, "never-ready");
        await writeFile(path, "#!/bin/sh\nwhile :; do sleep 1; done\n", { mode: 0o755 });
        const launcher = start(`ts/${browser}`, { MNB_BROWSER: path, MNB_FIREFOX: path });
        await until(() => processes(mark).some(({ command }) => command.includes(path)));
        expect(await profiles()).toHaveLength(1);
        expect(await interruptRun(launcher)).toEqual(RESUMABLE);
        expect(await profiles()).toEqual([]);
      },
    );

    it.skipIf(BROWSER === undefined)("leaves no browser and no profile behind", async () => {
      const launcher = start("ts/chrome", { MNB_BROWSER: BROWSER ?? "" });
      await until(() => processes(mark).some(({ command }) => command.includes("mnb-profile-")));
      // Until it has started whatever it starts.
      await setTimeout(1500);
      expect(await profiles()).toHaveLength(1);
      process.kill(harnessOf(launcher), "SIGKILL");
      expect(await leftOver()).toEqual([]);
      expect(await profiles()).toEqual([]);
    });
  },
);

/** Looks for a minute; what is not so by then fails what is expected next. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 1200 && !isSo(); i++) await setTimeout(50);
}

function processes(mark: string): { pid: number; command: string }[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
      if (!readFileSync(`/proc/${name}/environ`, "latin1").includes(`${MARK}=${mark}\0`)) return [];
      // A zombie has ended, and its command line with it.
      const command = readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\0", " ");
      return command === "" ? [] : [{ pid: Number(name), command }];
    } catch {
      return []; // Somebody else's, or gone meanwhile.
    }
  });
}
