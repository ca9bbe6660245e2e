import { readFile, writeFile } from "node:fs/promises";
import { embedProtocols } from "../src/report/method.ts";

// Renews the table of protocols in the method page.
const page = new URL("../../docs/method.md", import.meta.url);
await writeFile(page, embedProtocols(await readFile(page, "utf8")));
