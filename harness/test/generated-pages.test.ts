import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { embedProtocols } from "../src/report/method.ts";
import { embedTable } from "../src/report/readme.ts";

it("keeps the README's table as the published run gives it; renew with: pnpm --filter @mobilenet-bench/harness readme", async () => {
  const page = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  expect(await embedTable(page)).toBe(page);
  expect(page).toMatch(/^ort-node +1 +1\.00 /m);
});

it("keeps the method page's protocols as they run; renew with: pnpm --filter @mobilenet-bench/harness method", async () => {
  const page = await readFile(new URL("../../docs/method.md", import.meta.url), "utf8");
  const tables = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/-+/g, "-");
  expect(tables(page)).toBe(tables(embedProtocols(page)));
  expect(page).toContain("sets of fresh processes");
});
