import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { embedTable } from "../src/report/readme.ts";

it("keeps the README's table as the published run gives it; renew with: pnpm --filter @mobilenet-bench/harness readme", async () => {
  const page = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  expect(await embedTable(page)).toBe(page);
  expect(page).toMatch(/^ort-node +1 +1\.00 /m);
});
