import { readFile } from "node:fs/promises";
import type { Night } from "@mobilenet-bench/results";
import { evaluateYear, planYear, simulatedJobs, SIMULATED_CELLS } from "@mobilenet-bench/results/simulation";
import { describe, expect, it } from "vitest";
import { embedData } from "../src/report/method.ts";
import { publishedCalibrations } from "../src/report/published-calibrations.ts";
import { publishedNights } from "../src/report/published-nights.ts";
import { publishedYear } from "../src/report/published-year.ts";

const PAGE = new URL("../../docs/method.md", import.meta.url);
/** However a formatter sets tables. */
const tables = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/-+/g, "-");

describe("the method page", () => {
  it("shows the data as they are; renew with: pnpm --filter @mobilenet-bench/harness method", async () => {
    const page = await readFile(PAGE, "utf8");
    const data = {
      calibrations: await publishedCalibrations(),
      nights: await publishedNights(),
      year: await publishedYear(),
    };
    expect(tables(page)).toBe(tables(embedData(page, data)));
    expect(page).toContain("sets of fresh processes");
  });

  it("says of a simulated year that it is one, and sets its false share beside the published one", async () => {
    const cells = SIMULATED_CELLS.slice(0, 12);
    const equal = Array.from({ length: 60 }, (_, i) => 0.01 * Math.sin(i));
    const year = evaluateYear(planYear(1, 50, cells), simulatedJobs([equal]), "a test");
    const page = embedData(await readFile(PAGE, "utf8"), { calibrations: [], nights: [], year });
    expect(page).toContain("SIMULATED: 50 nights of 12 cells, seed 1; nothing was measured");
    expect(page).toMatch(/of which \d+ false: .* beside the 12\.5 % of alert groups/);
    expect(page).toMatch(/\| library +\| +1\.04 \|/);
  });

  it("says how many nominations of the nights so far were unfounded, each change once", async () => {
    const nominee = {
      cell: "c",
      machine: "m",
      direction: "slower",
      ratio: 1.1,
      ground: "outlier",
      words: "",
    } as const;
    const night = (
      id: string,
      outcomes: Readonly<Record<string, "slower" | "same" | "unpaired">>,
    ): Night => ({
      schema: 1,
      id,
      at: `2026-11-0${id}T00:00:00.000Z`,
      commit: null,
      runs: [],
      nominees: Object.entries(outcomes).map(([key, outcome]) => ({ ...nominee, key, outcome })),
      opened: Object.values(outcomes).filter((outcome) => outcome === "slower"),
      closed: [],
      open: [],
    });
    const nights = [night("1", { a: "unpaired", b: "same" }), night("2", { a: "slower", b: "same" })];
    const page = embedData(await readFile(PAGE, "utf8"), { calibrations: [], nights, year: undefined });
    expect(page).toMatch(/\| changes that were nominated +\| +2 \|/);
    expect(page).toMatch(/which turned out to be nothing +\| +1 of 2 \(1\.3 % to 98\.7 %/);
    expect(page).toMatch(/alerts that were opened +\| +1 \|/);
    const simulated = nights.map((one) => ({ ...one, simulated: true }));
    const none = embedData(page, { calibrations: [], nights: simulated, year: undefined });
    expect(none).toContain("No night is published.");
  });
});
