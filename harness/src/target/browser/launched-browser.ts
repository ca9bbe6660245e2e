import { setTimeout } from "node:timers/promises";
import type { Browser, LaunchOptions } from "puppeteer";
import { LastWords } from "../../child/last-words.ts";
import { countOomKills, mayBeOomKill } from "../../child/oom-kills.ts";
import { tether } from "../../child/tether.ts";
import { RunnerDied } from "@mobilenet-bench/runner";
import { createProfile } from "./profile.ts";

const LAUNCH_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_MS = 5000;
const EXIT_GRACE_MS = 1000;

/** A browser that was started, and what became of it. */
export interface LaunchedBrowser {
  readonly browser: Browser;
  readonly version: string;
  /** All that it was started with, as far as that explains a figure. */
  readonly flags: readonly string[];
  readonly headed: boolean;
  /** Of the process that all others of it descend from. */
  readonly pid: number | undefined;
  /** Resolves when the browser has ended, for whatever reason. */
  readonly died: Promise<RunnerDied>;
  /** Whether what it printed since the last call speaks of memory. */
  ranOutOfMemory(): boolean;
  /** Ends it: politely, then by force. */
  readonly close: () => Promise<void>;
}

/**
 * @param readFlags what the browser was started with
 * @throws Error where it does not start
 */
export async function launchBrowser(
  options: LaunchOptions & { readonly executablePath: string; readonly headless: boolean },
  readFlags: (browser: Browser) => Promise<readonly string[]> | readonly string[],
): Promise<LaunchedBrowser> {
  // Large: what opens no browser should not wait for it.
  const { launch } = await import("puppeteer");
  const profile = await createProfile();
  const untieProfile = tether({ folder: profile.folder });
  const oomKills = countOomKills();
  const starting = launch({
    ...options,
    userDataDir: profile.folder,
    // Ctrl-C is the business of the command line, which keeps what is finished.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    defaultViewport: null,
    timeout: LAUNCH_TIMEOUT_MS,
    protocolTimeout: LAUNCH_TIMEOUT_MS,
  });
  const browser = await starting.catch(async (cause: unknown) => {
    await profile.remove();
    untieProfile();
    const fact = `[harness] the browser ${options.executablePath} does not start (${firstLine(cause)}).`;
    const remedy =
      "Name another one in --browser-path; where a sandbox is not allowed, add --browser-args=--no-sandbox.";
    throw new Error(`${fact} ${remedy}`, { cause });
  });
  const child = browser.process();
  // Puppeteer makes it the head of a group.
  const untie = child?.pid === undefined ? () => {} : tether({ pid: -child.pid });
  // Among them V8's own line: a browser tells of a page without memory only that it crashed.
  const words = new LastWords(child?.stdout, child?.stderr);
  let closing = false;

  const exited = new Promise<void>((resolve) => child?.once("exit", () => resolve()));
  // What cannot be removed yet is removed when the next browser starts.
  const cleaned = exited
    .then(untie)
    .then(() => profile.remove().catch(() => {}))
    .finally(untieProfile);
  const disconnected = new Promise<void>((resolve) => browser.once("disconnected", () => resolve()));
  const ranOutOfMemory = () => {
    const found = words.speakOfMemory;
    words.forget();
    return found;
  };
  const died = Promise.race([exited, disconnected]).then(async () => {
    // The connection ends first; how the process ended tells more.
    await Promise.race([exited, setTimeout(EXIT_GRACE_MS, undefined, { ref: false })]);
    const signal = child?.signalCode;
    const memory = ranOutOfMemory() || (signal === "SIGKILL" && !closing && mayBeOomKill(oomKills));
    return new RunnerDied(
      memory ? "oom" : "crash",
      `The browser ${signal ? `was ended by ${signal}` : "has ended"}.`,
    );
  });

  return {
    browser,
    version: await browser.version(),
    flags: await readFlags(browser),
    headed: !options.headless,
    pid: child?.pid,
    died,
    ranOutOfMemory,
    async close() {
      closing = true;
      const closed = Promise.allSettled([browser.close(), cleaned]);
      await Promise.race([closed, setTimeout(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
      if (child && child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
      }
      if (child) await cleaned;
    },
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? text;
}
