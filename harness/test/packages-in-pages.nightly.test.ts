import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, type Browser } from "puppeteer";
import { build, createServer, preview } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flags } from "../src/target/chrome/flags.ts";
import { BROWSER } from "./support/browser.ts";
import { installTarballs } from "./support/install-tarballs.ts";

// The packages as their users have them: packed, installed together into an empty folder, bundled and run in pages. None
// of the workspace's folders is in reach.

const MINUTES_MS = 60_000;
const PAGE_MS = 40_000;
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const POLICY = "default-src 'self' data:; script-src 'self'";

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "packages-in-pages-")));
  await installTarballs(folder, ["vite"]);
  await cp(fileURLToPath(new URL("consumer", import.meta.url)), folder, { recursive: true });
}, 3 * MINUTES_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(BROWSER === undefined)("in Chromium", () => {
  const RIGHT = { ts: "right", wasm: "right", "tfjs-wasm": "right", "ort-wasm": "right" };
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch({ executablePath: BROWSER ?? "", args: flags("none"), pipe: true });
  }, MINUTES_MS);
  afterAll(() => browser.close());

  /** What the backends of the page answer. */
  async function ask(url = ""): Promise<unknown> {
    // Of its own, so that nothing comes out of a cache: the policy comes with the page.
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      await page.goto(url);
      await page.waitForFunction(() => "answers" in globalThis, { timeout: PAGE_MS });
      return await page.evaluate(() => Reflect.get(globalThis, "answers"));
    } finally {
      await context.close();
    }
  }

  it(
    "run from Vite's development server, which prepares no imports of workers",
    { timeout: MINUTES_MS },
    async () => {
      const server = await createServer({
        root: folder,
        configFile: false,
        logLevel: "silent",
        server: { headers: ISOLATED, host: "127.0.0.1", ws: false },
      });
      try {
        await server.listen();
        expect(await ask(server.resolvedUrls?.local[0])).toEqual(RIGHT);
      } finally {
        await server.close();
      }
    },
  );

  describe("from Vite's build", () => {
    beforeAll(
      () => build({ root: folder, configFile: false, logLevel: "silent", build: { target: "esnext" } }),
      MINUTES_MS,
    );

    async function askUnder(policy?: string) {
      const headers = { ...ISOLATED, ...(policy !== undefined && { "Content-Security-Policy": policy }) };
      const server = await preview({
        root: folder,
        configFile: false,
        preview: { headers, host: "127.0.0.1" },
      });
      try {
        return await ask(server.resolvedUrls?.local[0]);
      } finally {
        await server.close();
      }
    }

    it("run, minified", async () => {
      expect(await askUnder()).toEqual(RIGHT);
    });

    it("run under a content security policy that lets WebAssembly be compiled", async () => {
      expect(await askUnder(`${POLICY} 'wasm-unsafe-eval'; worker-src 'self'`)).toEqual(RIGHT);
    });

    it("name what a policy lacks that does not", async () => {
      const refused = expect.stringMatching(
        /^UnsupportedError: \[backend-.*\] The content security policy .* Add 'wasm-unsafe-eval' to its script-src/,
      );
      expect(await askUnder(`${POLICY}; worker-src 'self'`)).toEqual({
        ts: "right",
        wasm: refused,
        "tfjs-wasm": refused,
        "ort-wasm": refused,
      });
    });

    it("name what a policy lacks that lets no worker start", async () => {
      const refused = expect.stringMatching(/Its file was not loaded.*\(worker-src 'self'\)/);
      expect(await askUnder(`${POLICY} 'wasm-unsafe-eval'; worker-src 'none'`)).toMatchObject({
        ts: refused,
        wasm: refused,
        "tfjs-wasm": "right",
        "ort-wasm": expect.stringMatching(/forbids the library's workers\. Add 'self' to its worker-src/),
      });
    });
  });
});
