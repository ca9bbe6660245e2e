import { UnsupportedError, type Availability } from "@mobilenet-bench/backend";
import { usesWebGpu } from "../../runner/page-messages.ts";
import { createPageRunner } from "../page/page-runner.ts";
import { HEARTBEAT, type Heartbeat } from "../page/page-socket.ts";
import { SharedPageServer } from "../page/shared-page-server.ts";
import type { Target } from "../target.ts";
import { BrowserPool } from "./browser-pool.ts";
import type { BrowserOptions } from "./browser-options.ts";
import { findBrowser, isExecutable } from "./find-browser.ts";
import { launchBrowser, type LaunchedBrowser } from "./launch.ts";
import { openPage } from "./open-page.ts";
import { probeWebGpu } from "./probe-webgpu.ts";
import type { WebGpu } from "./flags.ts";

/** What tests change. */
export interface PageSetUp {
  /** The files to serve instead of the runner's. */
  readonly folder?: string;
  readonly heartbeat?: Heartbeat;
  readonly startDeadlineMs?: number;
}

/** A page per cell, a browser per family of backends: Chrome, Chromium or Edge, driven by puppeteer. */
export function chromeTarget(
  options: BrowserOptions = {},
  { folder, heartbeat = HEARTBEAT, startDeadlineMs = 60_000 }: PageSetUp = {},
): Target {
  const pool = new BrowserPool();
  const servers = new SharedPageServer(folder);
  let executable: Promise<Executable> | undefined;
  let webGpu: Promise<WebGpu> | undefined;
  const find = () => (executable ??= findExecutable(options));

  return {
    id: "chrome",
    summary: "pages in Chrome, Chromium or Edge, driven by puppeteer",
    platform: "browser",
    async availability(): Promise<Availability> {
      const found = await find();
      return "path" in found ? { available: true, detail: found.path } : { available: false, ...found };
    },
    async open(purpose) {
      const found = await find();
      if (!("path" in found)) throw new UnsupportedError("target chrome", found.reason, found.remedy);
      const { path } = found;
      const server = await servers.share();
      const launch = (mode: WebGpu): Promise<LaunchedBrowser> => launchBrowser(path, mode, options);
      try {
        const mode = usesWebGpu(purpose.backend)
          ? await (webGpu ??= probeWebGpu(() => launch("hardware"), server.origin))
          : "none";
        const browser = await pool.share(`${familyOf(purpose.backend)} ${mode}`, () => launch(mode));
        const page = await openPage(browser, server, startDeadlineMs);
        return await createPageRunner(page, purpose, startDeadlineMs, heartbeat);
      } catch (error) {
        await server.release();
        throw error;
      }
    },
  };
}

/** `tfjs` of `tfjs-wasm`: backends of one library share a browser. */
function familyOf(backend: string): string {
  return backend.split("-", 1)[0] ?? backend;
}

type Executable = { readonly path: string } | { readonly reason: string; readonly remedy: string };

/** An executable that was named is taken or refused; no other one takes its place. */
async function findExecutable({ path }: BrowserOptions): Promise<Executable> {
  if (path !== undefined) {
    if (await isExecutable(path)) return { path };
    return {
      reason: `The browser ${path} cannot be executed.`,
      remedy: "Correct --browser-path or MNB_BROWSER, or leave it out.",
    };
  }
  const found = await findBrowser();
  if (found !== undefined) return { path: found };
  return {
    reason: "There is no Chrome, Chromium or Edge.",
    remedy: "Run ./mnb doctor --fix, install one, or name its executable in --browser-path or MNB_BROWSER.",
  };
}
