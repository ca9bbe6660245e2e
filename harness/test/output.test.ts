import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

describe.skipIf(process.platform === "win32")("standard output", () => {
  it.each([
    [["--help"], 0],
    [["spec", "--paper", "--json"], 0],
    [["list", "--suite", "none"], 2],
  ])("may be left by whoever reads it: mnb %j ends quietly with %i", async (words, status) => {
    const child = spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const [[code], said] = await Promise.all([once(child, "exit"), text(child.stderr)]);
    expect({ code, stack: /\n\s+at /.test(said) }).toEqual({ code: status, stack: false });
  });

  it("may be left together with standard error", async () => {
    const child = spawn(process.execPath, [MAIN, "list", "--suite", "none"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    child.stderr.destroy();
    const [code] = await once(child, "exit");
    expect(code).toBe(2);
  });

  it.runIf(process.platform === "linux")("says so where it cannot be written", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [MAIN, "spec"], { stdio: ["ignore", full, "pipe"] });
    closeSync(full);
    const said = child.stderr ? await text(child.stderr) : "";
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
    expect(code).toBe(1);
    expect(said).toMatch(/^\[files\] Standard output cannot be written: .*\(ENOSPC\)\. .+\n$/);
  });
});
