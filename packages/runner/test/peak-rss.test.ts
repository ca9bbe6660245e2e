import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { peakRssBytes } from "../src/node/peak-rss.ts";

const SMALL = fileURLToPath(new URL("support/small-process.ts", import.meta.url));
const MEGABYTES = 400;

it("is that of the process alone, however much its parent holds", () => {
  const before = peakRssBytes();
  const held = Buffer.alloc(MEGABYTES * 1e6, 1);
  expect(peakRssBytes() - before).toBeGreaterThan(MEGABYTES * 0.9e6);
  const ofChild = Number(execFileSync(process.execPath, [SMALL], { encoding: "utf8" }));
  expect(held.length).toBe(MEGABYTES * 1e6);
  expect(ofChild).toBeGreaterThan(20e6);
  expect(ofChild).toBeLessThan(MEGABYTES * 0.75e6);
});
