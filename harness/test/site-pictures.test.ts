import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER } from "./support/browser.ts";
import { writeFixtureRuns } from "./support/fixture-runs.ts";
import { openSite, type OpenSite } from "./support/open-site.ts";
import { pictureDifference } from "./support/picture-difference.ts";
import { pictureFile, PICTURED_AT, SITE_PICTURES, takePicture } from "./support/site-pictures.ts";

/** Of a picture: other versions of a browser smooth and round otherwise. A line that is moved by its height is more. */
const MOST_DIFFERENT = 0.01;

/** A whole site is built, and other tests run beside it; in milliseconds. */
const PATIENCE = 120_000;

it("has no picture that nothing is compared with", async () => {
  const kept = await readdir(dirname(pictureFile("any")));
  expect(kept.toSorted()).toEqual(SITE_PICTURES.map(({ name }) => basename(pictureFile(name))).toSorted());
});

describe.skipIf(BROWSER === undefined)("the site looks as in its reviewed pictures", () => {
  let site: OpenSite;
  let runs: string;
  let empty: Page;
  beforeAll(async () => {
    runs = await mkdtemp(join(tmpdir(), "mnb-pictures-"));
    await writeFixtureRuns(runs);
    site = await openSite(runs, BROWSER ?? "", { now: PICTURED_AT });
    empty = (await site.look("404.html")).page;
  }, PATIENCE);
  afterAll(async () => {
    await site.close();
    await rm(runs, { recursive: true, force: true });
  });

  it.each(SITE_PICTURES)("$name", async (picture) => {
    const taken = await takePicture(site, picture);
    const file = pictureFile(picture.name);
    const different = await pictureDifference(empty, await readFile(file), taken);
    if (different > MOST_DIFFERENT) await writeFile(join(tmpdir(), basename(file)), taken);
    expect(
      different,
      `${basename(file)} differs; see ${join(tmpdir(), basename(file))}, and renew it with npm run pictures`,
    ).toBeLessThanOrEqual(MOST_DIFFERENT);
  });

  it("would see a part that is moved by its own height", async () => {
    const [picture] = SITE_PICTURES;
    if (!picture) throw new Error("No picture is kept.");
    const { page } = await site.look(picture.path, picture);
    const before = await page.screenshot({ type: "webp" });
    await page.$eval(".legend", (element) => element.remove());
    expect(await pictureDifference(empty, before, await page.screenshot({ type: "webp" }))).toBeGreaterThan(
      MOST_DIFFERENT,
    );
    await page.close();
  });
});
