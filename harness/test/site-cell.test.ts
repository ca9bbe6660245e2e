import type { OkCell } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { findingsOf } from "./support/axe.ts";
import { BROWSER } from "./support/browser.ts";
import { dataShown, openSite, textOf, type OpenSite } from "./support/open-site.ts";
import { copyProfiled, readProfiled } from "./support/site-runs.ts";

const ID = "mobilenet_v1_1.0_224/wasm/node";
const PATH = `cell/${ID}/`;

const fileSchema = z.object({ id: z.string(), figures: z.tuple([z.looseObject({ cell: z.unknown() })]) });

describe.skipIf(BROWSER === undefined)("the page of a cell with layers and samples", () => {
  let site: OpenSite;
  let cell: OkCell;
  beforeAll(async () => {
    const found = (await readProfiled()).cells.find(({ id }) => id === ID);
    if (found?.status !== "ok") throw new Error(`There is no figure of ${ID}.`);
    cell = found;
    site = await openSite(copyProfiled, BROWSER ?? "");
  });
  afterAll(() => site.close());

  it.each([
    { width: 390, scheme: "dark" },
    { width: 1440, scheme: "light" },
  ] as const)("is in order at $width pixels, $scheme", async (look) => {
    const { page, faults } = await site.look(PATH, look);
    expect((await findingsOf(page)).serious).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("draws every block and every layer, and the slowest layer first where that is asked", async () => {
    const { page } = await site.look(PATH);
    const layers = cell.layers ?? [];
    expect(layers.length).toBeGreaterThan(10);
    expect(await dataShown(page, "blocks")).toHaveLength(cell.blocks.length);
    expect(await dataShown(page, "layers")).toHaveLength(layers.length);
    const slowest = layers.toSorted((a, b) => b.ms - a.ms)[0]?.name ?? "";
    expect((await dataShown(page, "layers-by-time"))[0]).toContain(slowest);
    const placed = await dataShown(page, "roofline");
    expect(placed.length).toBeGreaterThan(10);
    expect(await textOf(page, "#layers-by-time-says")).toContain(slowest);
    await page.close();
  });

  it("has its cell as JSON, to the last digit", async () => {
    const { page } = await site.look(PATH);
    const link = await page.$eval('a[download="cell.json"]', ({ href }) => href);
    const { id, figures } = fileSchema.parse(await (await fetch(link)).json());
    expect(id).toBe(ID);
    expect(figures[0].cell).toEqual(JSON.parse(JSON.stringify(cell)));
    expect(await textOf(page, "h1")).toContain(shortModelName(ID));
    await page.close();
  });
});
