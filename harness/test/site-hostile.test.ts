import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cell, Run } from "@mobilenet-bench/results";
import { readRun, writeRun } from "@mobilenet-bench/results/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedFolder } from "../src/folders.ts";
import { findingsOf } from "./support/axe.ts";
import { BROWSER } from "./support/browser.ts";
import { openSite, textOf, type OpenSite } from "./support/open-site.ts";

const MARKUP = `<img src=x onerror="document.title='owned'"></script><script>document.title='owned'</script>`;
const TURNED = "\u202Egpj.exe";
const LONG = "very-long-".repeat(1000);
const MODEL = "mobilenet_v1_0.5_160";

/** What anybody could have written into a run file. */
function hostile(run: Run): Run {
  const { environment } = run;
  const cpu = { ...environment.cpu, model: MARKUP };
  const os = { ...environment.os, name: TURNED };
  return {
    ...run,
    cells: run.cells.filter(({ model }) => model === MODEL).map(hostileCell),
    suite: MARKUP,
    environment: { ...environment, cpu, os, virtualization: LONG },
  };
}

/** The first one has no figure. */
function hostileCell(cell: Cell, i: number): Cell {
  if (cell.status === "ok" && i > 0)
    return {
      ...cell,
      actual: { [MARKUP]: MARKUP, nested: { deep: [TURNED, { [LONG]: "</details>" }] } },
      doubts: [{ kind: "threads", reason: MARKUP }],
      blocks: cell.blocks.map((block, b) => (b === 1 ? { ...block, excluded: MARKUP } : block)),
    };
  const { id, model, backend, target, options, multAdds, params } = cell;
  const reason = `${MARKUP} ${TURNED} ${LONG}`;
  return { id, model, backend, target, options, multAdds, params, status: "crash", reason, remedy: MARKUP };
}

describe.skipIf(BROWSER === undefined)("of a hostile run file", () => {
  let site: OpenSite;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnb-hostile-"));
    const run = await readRun(join(publishedFolder(), "2026-11-22-1206c8248664.json"));
    await writeRun(folder, hostile(run));
    site = await openSite(folder, BROWSER ?? "");
  });
  afterAll(async () => {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });

  const PAGES = ["", "table/", "choose/", `cell/${MODEL}/ts/node/`, `cell/${MODEL}/wasm/node/`];

  it.each(PAGES)("nothing becomes markup at /%s, with a script and without", async (path) => {
    for (const script of [true, false]) {
      const { page, faults } = await site.look(path, { script, width: 390 });
      expect(await page.title()).not.toBe("owned");
      expect(await page.$$("img, iframe, object, script:not([type]), [onerror]")).toHaveLength(0);
      expect(await textOf(page, "main")).toContain("<img src=x");
      expect(faults).toEqual([]);
      await page.close();
    }
  });

  it("stays a page that everybody can use", async () => {
    const { page } = await site.look(`cell/${MODEL}/wasm/node/`, { width: 390 });
    expect((await findingsOf(page)).serious).toEqual([]);
    const [wide, seen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wide).toBe(seen);
    await page.close();
  });

  it("says in its table what became of a cell without a figure", async () => {
    const { page } = await site.look("table/");
    const rows = await page.$$eval("table.cells tr.broken", (all) =>
      all.map(({ textContent }) => textContent ?? ""),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain("crash");
    expect(await textOf(page, ".left-out")).toContain("1 failed");
    await page.close();
  });
});
