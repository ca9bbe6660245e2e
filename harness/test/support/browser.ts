import { findChrome } from "../../src/target/chrome/find-chrome.ts";
import { findFirefox } from "../../src/target/firefox/find-firefox.ts";

/** The browser that most tests of pages run in. */
export const BROWSER = process.env["MNB_BROWSER"] ?? (await findChrome());

if (BROWSER === undefined)
  process.stderr.write(
    "Skipped: there is no Chrome, Chromium or Edge. Run npm test, which installs one where it can.\n",
  );

/** Nothing installs it: it is tested where it is. */
export const FIREFOX = process.env["MNB_FIREFOX"] ?? (await findFirefox());

if (FIREFOX === undefined)
  process.stderr.write("Skipped: there is no Firefox. Install it to test the target firefox.\n");
