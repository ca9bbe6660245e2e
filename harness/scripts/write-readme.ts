import { readFile, writeFile } from "node:fs/promises";
import { embedTable } from "../src/report/readme.ts";

// Renews the table of the README from the published run.
const page = new URL("../../README.md", import.meta.url);
await writeFile(page, await embedTable(await readFile(page, "utf8")));
