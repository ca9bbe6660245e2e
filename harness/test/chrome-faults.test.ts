import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countOomKills } from "../src/child/oom-kills.ts";
import { BrowserPool } from "../src/target/browser/browser-pool.ts";
import { PROTOCOL_VERSION } from "@mobilenet-bench/runner";
import { chromeTarget } from "../src/target/chrome/chrome.ts";
import { launchChrome } from "../src/target/chrome/launch-chrome.ts";
import { openPage } from "../src/target/browser/open-page.ts";
import type { Runner, Target } from "../src/target/target.ts";
import { createPageRunner } from "../src/target/page/page-runner.ts";
import { SharedPageServer } from "../src/target/page/shared-page-server.ts";
import { BROWSER } from "./support/browser.ts";
import { misbehavingPage } from "./support/misbehaving-page.ts";
import { purpose } from "./support/purpose.ts";

/** Of what is not told by silence: on a busy machine, a page may be silent for long. */
const PATIENT = { everyMs: 1000, patienceMs: 60_000 };
const IMPATIENT = { everyMs: 200, patienceMs: 1000 };
const REQUEST = { options: {}, model: { name: "mobilenet_v1_0.25_32" }, source: { seed: 1 } };
const SLOW = { ...REQUEST, backend: "reference", model: { name: "mobilenet_v1_1.0_224" } };

describe.skipIf(BROWSER === undefined)("a page that misbehaves", async () => {
  const folder = await misbehavingPage();
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const target = chromeTarget({}, { folder, heartbeat: PATIENT });
  /** Whose page is stuck takes its browser along: that is one of its own. */
  const alone: Record<string, Target> = {
    spin: chromeTarget({}, { folder, heartbeat: IMPATIENT }),
    // Less memory than usual, so that it is soon used up.
    memory: chromeTarget({ args: ["--js-flags=--max-old-space-size=64"] }, { folder, heartbeat: PATIENT }),
  };
  /** Pages of one family share a browser. */
  const open = (on: Target, backend: string) => on.open({ ...purpose(backend), family: "misbehaving" });
  const ask = async (backend: string, deadlineMs = 60_000) => {
    const runner = await open(alone[backend] ?? target, backend);
    try {
      return await runner.request("open", { ...REQUEST, backend }, deadlineMs);
    } finally {
      await runner.kill();
    }
  };

  /** Keeps the browser of all others open. */
  let beside: Runner;
  beforeAll(async () => void (beside = await open(target, "silent")));
  afterAll(() => beside.kill());

  it.each([
    ["spin", "hang", /did not answer for 1 s/],
    ["memory", "oom", /ran out of memory/],
    ["leave", "crash", /closed its connection/],
    ["navigate", "crash", /closed its connection/],
    ["died", "crash", /worker ended: out of luck/],
  ])("tells %s as %s", async (behaviour, status, message) => {
    await expect(ask(behaviour)).rejects.toMatchObject({ status, message: expect.stringMatching(message) });
  });

  it("ends a page that answers pings and nothing else", async () => {
    await expect(ask("silent", 800)).rejects.toMatchObject({ status: "hang", message: /No answer to open/ });
  });

  it("does not wait for ever for a page that is never ready", async () => {
    const hasty = chromeTarget({}, { folder, heartbeat: PATIENT, startDeadlineMs: 3000 });
    await expect(open(hasty, "never-ready")).rejects.toMatchObject({
      status: "hang",
      message: /No answer to the start/,
    });
  });

  it.each([
    [
      "foreign",
      `The runner speaks version ${PROTOCOL_VERSION + 1} of the job protocol, this harness version ${PROTOCOL_VERSION}.`,
    ],
    ["versionless", "The runner speaks no version of the job protocol"],
  ])("refuses a page that is %s", async (behaviour, reason) => {
    await expect(ask(behaviour)).rejects.toMatchObject({
      name: "ForeignProtocolError",
      reason: expect.stringContaining(reason),
    });
  });

  it("does not believe a reply of another form", async () => {
    await expect(ask("nonsense")).rejects.toMatchObject({
      status: "crash",
      message: expect.stringMatching(/no reply to open/),
    });
    await expect(ask("garbage")).rejects.toMatchObject({
      status: "crash",
      message: expect.stringMatching(/something else than a message/),
    });
  });
});

describe.skipIf(BROWSER === undefined)("a browser in which something dies", () => {
  const pool = new BrowserPool();
  const servers = new SharedPageServer();
  const open = async () => {
    const server = await servers.share();
    const share = await pool.share("any", () => launchChrome(BROWSER ?? "", "none", {}));
    const opened = await openPage(share, server, { deadlineMs: 60_000 });
    const runner = await createPageRunner(opened, purpose("reference"), { deadlineMs: 60_000 });
    return { ...opened, runner, launched: share.launched };
  };

  it("tells of the page that crashed and leaves the one beside it alone", async () => {
    const [one, other] = [await open(), await open()];
    expect(one.launched).toBe(other.launched);
    const answer = one.runner.request("open", SLOW, 60_000);
    one.page.goto("chrome://crash").catch(() => {});
    await expect(answer).rejects.toMatchObject({ status: "crash", message: "The page crashed." });
    expect(await other.runner.request("open", { ...REQUEST, backend: "ts" }, 60_000)).toMatchObject({
      ok: true,
    });
    await other.runner.kill();
    // The last page has gone, and the browser with it.
    expect((await other.launched.died).message).toContain("The browser");
    expect(other.launched.browser.connected).toBe(false);
  });

  it("tells every page of the browser's end, and starts another one", async () => {
    const { runner, launched } = await open();
    const answer = runner.request("open", SLOW, 60_000);
    launched.browser.process()?.kill("SIGKILL");
    await expect(answer).rejects.toMatchObject({
      // Where the kernel does not count whom it kills, it may have been the kernel.
      status: countOomKills() === undefined ? "oom" : "crash",
      message: "The browser was ended by SIGKILL.",
    });
    const next = await open();
    expect(next.launched).not.toBe(launched);
    await next.runner.kill();
  });

  it("rejects what is under way when the runner is killed", async () => {
    const { runner } = await open();
    const answer = runner.request("open", SLOW, 60_000);
    const [outcome] = await Promise.allSettled([answer, runner.kill()]);
    expect(outcome).toMatchObject({ status: "rejected", reason: { name: "RunnerDied" } });
  });

  // Looks at /proc.
  it.skipIf(process.platform !== "linux")("ends with the harness, however that ends", async () => {
    const script = fileURLToPath(new URL("support/open-chrome.mjs", import.meta.url));
    // Nobody is left to remove the browser's profile: it goes with this folder.
    const temporary = await mkdtemp(join(tmpdir(), "mnb-killed-"));
    const env = { ...process.env, TMPDIR: temporary };
    const harness = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(harness.stdout, "data");
    const browsers = String(line).trim().split(" ");
    expect(browsers.every(isRunning)).toBe(true);
    harness.kill("SIGKILL");
    await once(harness, "exit");
    for (let i = 0; i < 100 && browsers.some(isRunning); i++) await setTimeout(100);
    expect(browsers.filter(isRunning)).toEqual([]);
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
});

function isRunning(pid: string): boolean {
  try {
    // A zombie has ended; nobody has asked for its status yet.
    return !/\)\s[ZX]\s/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
