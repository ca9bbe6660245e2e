import { setTimeout } from "node:timers/promises";
import type { Page } from "puppeteer";
import { hang, interruption } from "../deadline.ts";
import type { OpenPage } from "../page/page-runner.ts";
import type { ServerShare } from "../page/shared-page-server.ts";
import { RunnerDied } from "@mobilenet-bench/runner";
import type { Share } from "./browser-pool.ts";

const CLOSE_TIMEOUT_MS = 5000;

/** How long a page may take to open. */
export interface PageStart {
  readonly deadlineMs: number;
  /** Ends it before that. */
  readonly signal?: AbortSignal;
}

/** A page that answers jobs. */
export interface BrowserPage extends OpenPage {
  /** For those who look at it: tests. */
  readonly page: Page;
}

/**
 * A page in a context of its own, so that it shares neither process nor cache with the pages beside it. It takes
 * over both shares, and gives them back when it is closed or does not open.
 * @throws RunnerDied where it does not open
 */
export async function openPage(
  browser: Share,
  server: ServerShare,
  { deadlineMs, signal }: PageStart,
): Promise<BrowserPage> {
  const { launched } = browser;
  const { url, socket, withdraw } = server.invite();
  const { promise: crashed, resolve: crash } = Promise.withResolvers<RunnerDied>();
  const died = Promise.race([launched.died, crashed]);
  const ended = died.then((reason) => Promise.reject(reason));
  ended.catch(() => {});
  const over = new AbortController();
  let end = () => Promise.resolve();
  const close = async () => {
    withdraw();
    // A browser that does not even close a page is no use to the other pages either.
    const closed = await Promise.race([
      end().then(
        () => true,
        () => false,
      ),
      setTimeout(CLOSE_TIMEOUT_MS, false, { ref: false }),
    ]);
    if (!closed) await launched.close();
    await browser.release();
    await server.release();
  };

  const open = async () => {
    const context = await launched.browser.createBrowserContext();
    end = () => context.close();
    // In a window of its own: a page behind another tab would be hidden.
    const page = await context.newPage({ type: "window" });
    page.on("error", () => {
      const memory = launched.ranOutOfMemory();
      crash(
        new RunnerDied(
          memory ? "oom" : "crash",
          memory ? "The page ran out of memory." : "The page crashed.",
        ),
      );
    });
    await page.goto(url);
    return { page, socket: await socket };
  };
  try {
    const opened = await Promise.race([
      open(),
      ended,
      hang("the start", deadlineMs, over.signal),
      interruption(signal, over.signal),
    ]);
    const { version, flags, headed, pid } = launched;
    const details = { version, headed, flags: [...flags] };
    return { ...opened, died, close, browser: details, ...(pid !== undefined && { pid }) };
  } catch (error) {
    await close();
    throw error;
  } finally {
    over.abort();
  }
}
