import { readFile, writeFile } from "node:fs/promises";
import { embedData } from "../src/report/method.ts";
import { publishedCalibrations } from "../src/report/published-calibrations.ts";
import { publishedNights } from "../src/report/published-nights.ts";
import { publishedYear } from "../src/report/published-year.ts";

// Renews what the method page shows of data: protocols, rules, control arms, nights, a simulated year.
const page = new URL("../../docs/method.md", import.meta.url);
const data = {
  calibrations: await publishedCalibrations(),
  nights: await publishedNights(),
  year: await publishedYear(),
};
await writeFile(page, embedData(await readFile(page, "utf8"), data));
