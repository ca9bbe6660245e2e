import type { Cell, Run } from "@mobilenet-bench/results";
import { writeRun } from "@mobilenet-bench/results/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsOf } from "./support/axe.ts";
import { BROWSER } from "./support/browser.ts";
import { openSite, textOf, type OpenSite } from "./support/open-site.ts";
import { readSweep } from "./support/site-runs.ts";

const MARKUP = `<img src=x onerror="document.title='owned'"></script><script>document.title='owned'</script>`;
const LINK = `javascript:document.title='owned'`;
const QUOTES = `" onload="document.title='owned'" x='y' \`z\``;
const ANSI = "\u001B[31mred\u001B[0m\u0007\u0000";
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
    environment: {
      ...environment,
      cpu,
      os,
      virtualization: LONG,
      commit: LINK,
      runtime: { [QUOTES]: MARKUP },
    },
  };
}

/** The first one has no figure. */
function hostileCell(cell: Cell, i: number): Cell {
  if (cell.status === "ok" && i > 0)
    return {
      ...cell,
      actual: {
        [MARKUP]: MARKUP,
        [QUOTES]: ANSI,
        link: LINK,
        nested: { deep: [TURNED, { [LONG]: "</details>" }] },
      },
      doubts: [{ kind: "threads", reason: MARKUP }],
      blocks: cell.blocks.map((block, b) => (b === 1 ? { ...block, excluded: MARKUP } : block)),
    };
  const { id, model, backend, target, options, multAdds, params } = cell;
  const reason = `${MARKUP} ${LINK} ${QUOTES} ${ANSI} ${TURNED} ${LONG}`;
  return { id, model, backend, target, options, multAdds, params, status: "crash", reason, remedy: MARKUP };
}

describe.skipIf(BROWSER === undefined)("of a hostile run file", () => {
  let site: OpenSite;
  beforeAll(async () => {
    const run = hostile(await readSweep());
    site = await openSite((runs) => writeRun(runs, run), BROWSER ?? "");
  });
  afterAll(() => site.close());

  const PAGES = ["", "table/", "choose/", `cell/${MODEL}/ts/node/`, `cell/${MODEL}/wasm/node/`];

  it.each(PAGES)("nothing becomes markup at /%s, with a script and without", async (path) => {
    for (const script of [true, false]) {
      const { page, faults } = await site.look(path, { script, width: 390 });
      expect(await page.title()).not.toBe("owned");
      expect(await page.$$("img, iframe, object, script:not([type])")).toHaveLength(0);
      // Nothing is a handler, leads to a script, or is blown up by a quote.
      const odd = await page.$$eval("*", (all) =>
        all.flatMap(({ attributes }) =>
          [...attributes]
            .filter(
              ({ name, value }) =>
                name.startsWith("on") || (name !== "data-copy" && /^\s*javascript:/.test(value)),
            )
            .map(({ name }) => name),
        ),
      );
      expect(odd).toEqual([]);
      expect(await textOf(page, "main")).toContain("<img src=x");
      expect(faults).toEqual([]);
      await page.close();
    }
  });

  it.each(PAGES)("/%s stays a page that everybody can use", async (path) => {
    const { page } = await site.look(path, { width: 390 });
    expect((await findingsOf(page)).serious).toEqual([]);
    const [wide, seen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wide).toBe(seen);
    await page.close();
  });

  it("does nothing where it is pointed at, filtered by, and copied", async () => {
    const { page, faults } = await site.look(`table/?search=${encodeURIComponent(MARKUP)}`);
    expect(await textOf(page, ".empty-state")).toContain("No cell fits");
    expect(await page.$$("#page img, #page script")).toHaveLength(0);
    await page.goto(site.url);
    await page.waitForSelector("#page[data-live]");
    await page.focus("#latency .plot.wide");
    await page.keyboard.press("End");
    expect(await page.$$(".tip *:not(dl, dt, dd)")).toHaveLength(0);
    expect(await page.title()).not.toBe("owned");
    expect(faults).toEqual([]);
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
