import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { execaNode } from "execa";
import { expect, it } from "vitest";
import { SHORT } from "./support/mnb.ts";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const CLOCK = pathToFileURL(join(import.meta.dirname, "fixtures", "clock-set-back.mjs"));
const CELL = "mobilenet_v1_0.25_32/ts/node";
/** Whatever has a unit of time behind it, and a minus in front. */
const NEGATIVE_TIME = /[-−][\d.]+ ?(ms|s|min|h|d)\b/;

/** Durations of a run file, by their names. */
function durations(value: unknown, name = ""): [name: string, ms: number][] {
  if (typeof value === "number")
    return /(Ms|latency|median|min|p90|ci95|samples)$/.test(name) ? [[name, value]] : [];
  if (Array.isArray(value)) return value.flatMap((item) => durations(item, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => durations(item, key));
}

it(
  "takes no time from the clock of the day, which may be set back in the middle",
  { timeout: 120_000 },
  async () => {
    const output = await mkdtemp(join(tmpdir(), "mnb-clock-"));
    try {
      // Peaks are timed likewise, by a process for each style: those are for the nightly run.
      const peaks = process.env["MNB_NIGHTLY"] ? [] : ["--no-peaks"];
      const words = ["--protocol", "quick", ...peaks, "--output", output, "--samples", CELL];
      const { exitCode, stderr, stdout } = await execaNode(MAIN, ["run", ...words], {
        reject: false,
        nodePath: process.execPath,
        nodeOptions: SHORT,
        env: { NODE_OPTIONS: `--import=${CLOCK.href}` },
      });
      const [name = ""] = await readdir(output);
      const text = await readFile(join(output, name), "utf8");
      const run: { startedAt: string; finishedAt: string } = JSON.parse(text);
      // The clock was set back, and times of the day are as it told them.
      expect(Date.parse(run.finishedAt)).toBeLessThan(Date.parse(run.startedAt));
      const found = durations(run);
      expect(found.length).toBeGreaterThan(20);
      expect(found.filter(([, ms]) => ms < 0)).toEqual([]);
      expect(stderr).toMatch(/1 cell in \d+ s\. Run file/);
      expect(`${stdout}\n${stderr}`).not.toMatch(NEGATIVE_TIME);
      expect(exitCode).toBe(0);
    } finally {
      await rm(output, { recursive: true });
    }
  },
);
