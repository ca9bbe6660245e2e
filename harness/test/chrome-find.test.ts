import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { browserOptionsOf } from "../src/target/browser/browser-options.ts";
import { candidates } from "../src/target/browser/executables.ts";
import { CHROME_PLACES, findChrome } from "../src/target/chrome/find-chrome.ts";
import { flags } from "../src/target/chrome/flags.ts";
import { installBrowser } from "../src/target/chrome/install.ts";
import { BROWSER } from "./support/browser.ts";

describe("finding a browser", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mnb-browsers-"));
  afterAll(() => rm(folder, { recursive: true }));
  const bin = (name: string) => join(folder, name);
  const env = { PATH: [bin("a"), bin("b")].join(delimiter), PUPPETEER_CACHE_DIR: bin("cache") };

  it("finds nothing where there is nothing", async () => {
    expect(await findChrome(env, "linux")).toBeUndefined();
  });

  it("finds an executable by its name on the path, Chrome before Chromium before Edge", async () => {
    for (const [place, name] of [
      ["a", "microsoft-edge"],
      ["b", "chromium"],
      ["a", "google-chrome"],
    ] as const) {
      await mkdir(bin(place), { recursive: true });
      await writeFile(join(bin(place), name), "");
      // A file that cannot be executed is no browser.
      expect(await findChrome(env, "linux")).not.toBe(join(bin(place), name));
      await chmod(join(bin(place), name), 0o755);
      expect(await findChrome(env, "linux")).toBe(join(bin(place), name));
    }
  });

  it("knows where other systems keep browsers", () => {
    expect(candidates(CHROME_PLACES, { HOME: "/Users/me" }, "darwin")).toContain(
      "/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    );
    expect(
      candidates(CHROME_PLACES, { "PROGRAMFILES(X86)": String.raw`C:\Program Files (x86)` }, "win32"),
    ).toEqual(
      expect.arrayContaining([String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`]),
    );
  });
});

describe("browser options", () => {
  it("come from the environment, our own name first", () => {
    expect(browserOptionsOf({})).toEqual({});
    expect(browserOptionsOf({ CHROME_PATH: "/c", PUPPETEER_EXECUTABLE_PATH: "/p" })).toEqual({ path: "/p" });
    expect(
      browserOptionsOf({
        CHROME_PATH: "/c",
        MNB_BROWSER: "/m",
        MNB_HEADED: "1",
        MNB_BROWSER_ARGS: " --a  --b=1 ",
      }),
    ).toEqual({ path: "/m", headed: true, args: ["--a", "--b=1"] });
  });
});

describe("flags", () => {
  it("switch the sandbox off for root alone", () => {
    expect(flags("none", [], true)).toContain("--no-sandbox");
    expect(flags("none", [], false)).not.toContain("--no-sandbox");
  });

  it("ask for WebGPU only where it is used, and for the software adapter only where there is no other", () => {
    expect(flags("none").join()).not.toMatch(/webgpu/);
    expect(flags("hardware")).toContain("--enable-unsafe-webgpu");
    expect(flags("hardware").join()).not.toMatch(/swiftshader/);
    expect(flags("software")).toContain("--use-webgpu-adapter=swiftshader");
  });

  it("end with those that were given, which so prevail", () => {
    expect(flags("software", ["--mine", "--other"]).slice(-2)).toEqual(["--mine", "--other"]);
  });
});

it.skipIf(BROWSER === undefined)("installs nothing where a browser is there", async () => {
  const said: string[] = [];
  expect(await installBrowser((line) => said.push(line))).toContain(BROWSER);
  expect(said).toEqual([]);
});
