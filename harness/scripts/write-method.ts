import { readFile, writeFile } from "node:fs/promises";
import { embedData } from "../src/report/method.ts";
import { publishedYear } from "../src/report/published-year.ts";

// Renews what the method page shows of data: protocols, rules, a simulated year.
const page = new URL("../../docs/method.md", import.meta.url);
await writeFile(page, embedData(await readFile(page, "utf8"), await publishedYear()));
