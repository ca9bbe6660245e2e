import { findBrowser } from "../../src/target/chrome/find-browser.ts";

/** The browser that tests of pages run in. */
export const BROWSER = process.env["MNB_BROWSER"] ?? (await findBrowser());

if (BROWSER === undefined)
  process.stderr.write(
    "Skipped: there is no Chrome, Chromium or Edge. Run npm test, which installs one where it can.\n",
  );
