import { readFile } from "node:fs/promises";
import { evaluateYear, planYear, simulatedJobs, SIMULATED_CELLS } from "@mobilenet-bench/results/simulation";
import { describe, expect, it } from "vitest";
import { embedData } from "../src/report/method.ts";
import { publishedCalibrations } from "../src/report/published-calibrations.ts";
import { publishedYear } from "../src/report/published-year.ts";

const PAGE = new URL("../../docs/method.md", import.meta.url);
/** However a formatter sets tables. */
const tables = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/-+/g, "-");

describe("the method page", () => {
  it("shows the data as they are; renew with: pnpm --filter @mobilenet-bench/harness method", async () => {
    const page = await readFile(PAGE, "utf8");
    const data = { calibrations: await publishedCalibrations(), year: await publishedYear() };
    expect(tables(page)).toBe(tables(embedData(page, data)));
    expect(page).toContain("sets of fresh processes");
  });

  it("says of a simulated year that it is one, and sets its false share beside the published one", async () => {
    const cells = SIMULATED_CELLS.slice(0, 12);
    const equal = Array.from({ length: 60 }, (_, i) => 0.01 * Math.sin(i));
    const year = evaluateYear(planYear(1, 50, cells), simulatedJobs([equal]), "a test");
    const page = embedData(await readFile(PAGE, "utf8"), { calibrations: [], year });
    expect(page).toContain("SIMULATED: 50 nights of 12 cells, seed 1; nothing was measured");
    expect(page).toMatch(/of which \d+ false: .* beside the 12\.5 % of alert groups/);
    expect(page).toMatch(/\| library +\| +1\.04 \|/);
  });
});
