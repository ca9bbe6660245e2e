import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BROWSER } from "../test/support/browser.ts";
import { writeFixtureRuns } from "../test/support/fixture-runs.ts";
import { openSite } from "../test/support/open-site.ts";
import { pictureFile, PICTURED_AT, SITE_PICTURES, takePicture } from "../test/support/site-pictures.ts";

// Takes the reviewed pictures of the site anew: look at each that git then shows as changed.

if (BROWSER === undefined) {
  process.stderr.write("There must be a browser.\n");
  process.exitCode = 2;
} else await renew(BROWSER);

async function renew(browser: string): Promise<void> {
  const runs = await mkdtemp(join(tmpdir(), "mnb-pictures-"));
  await writeFixtureRuns(runs);
  const site = await openSite(runs, browser, { now: PICTURED_AT });
  try {
    for (const picture of SITE_PICTURES) {
      const file = pictureFile(picture.name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await takePicture(site, picture));
    }
  } finally {
    await site.close();
    await rm(runs, { recursive: true, force: true });
  }
}
