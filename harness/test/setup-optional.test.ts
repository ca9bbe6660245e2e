import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { installOptionalParts } from "../setup/optional.mjs";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-optional-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs one step whose installer has this body, and reads what is kept of it. */
async function attempt(
  body: string,
  options: { id: string; retry?: boolean; timeoutMs?: number; testsOnly?: boolean; tests?: boolean },
) {
  const module = join(folder, "installer.mjs");
  await writeFile(module, `export async function install(say) { ${body} }`);
  const step = {
    name: "part",
    title: "Installing a part",
    module: pathToFileURL(module).href,
    install: "install",
    lost: "the backend part",
    remedy: "Install a compiler.",
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    testsOnly: options.testsOnly ?? false,
  };
  const { id, retry = false, tests = false } = options;
  await installOptionalParts({ steps: [step], folder, id, retry, tests });
  return JSON.parse(await readFile(join(folder, "part.json"), "utf8"));
}

const FAILS = 'say("looked for cc"); throw new Error("no compiler");';
const WORKS = 'say("compiled"); return "part 1.2";';

it("keeps what was installed", async () => {
  expect(await attempt(WORKS, { id: "1" })).toMatchObject({ status: "done", detail: "part 1.2" });
});

it("ends nothing where a part fails, and keeps the reason, the remedy and the log", async () => {
  const record = await attempt(FAILS, { id: "1" });
  expect(record).toMatchObject({ status: "failed", detail: "no compiler", remedy: "Install a compiler." });
  expect(await readFile(join(folder, "part.log"), "utf8")).toContain("looked for cc");
});

it("ends an installer that hangs", async () => {
  const record = await attempt("setInterval(() => {}, 1000); await new Promise(() => {});", {
    id: "1",
    timeoutMs: 300,
  });
  expect(record).toMatchObject({ status: "failed", detail: "ended by SIGKILL" });
});

it("tries a part again only when asked, or after another install", async () => {
  await attempt(FAILS, { id: "1" });
  expect(await attempt(WORKS, { id: "1" })).toMatchObject({ status: "failed" });
  expect(await attempt(WORKS, { id: "1", retry: true })).toMatchObject({ status: "done" });
  expect(await attempt(FAILS, { id: "1" })).toMatchObject({ status: "done" });
  expect(await attempt(FAILS, { id: "1", retry: true })).toMatchObject({ status: "failed" });
  expect(await attempt(FAILS, { id: "2" })).toMatchObject({ status: "failed" });
});

it("tries what tests alone need for tests, and again when asked", async () => {
  const forTests = { id: "1", testsOnly: true };
  await expect(attempt(FAILS, forTests)).rejects.toThrow(/no such file/);
  expect(await attempt(FAILS, { ...forTests, tests: true })).toMatchObject({ status: "failed" });
  expect(await attempt(WORKS, { ...forTests, retry: true })).toMatchObject({ status: "done" });
});
