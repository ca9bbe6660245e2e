import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const FOLDER = fileURLToPath(new URL("support/unavailable", import.meta.url));
const VITEST = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));

/** What the suite's own vitest prints: its report as JSON. */
function runSuite(): Promise<string> {
  return new Promise((resolve) => {
    // The exit status is 1, as it must be where a required backend is missing.
    execFile(process.execPath, [VITEST, "run", "--root", FOLDER], (_, stdout) => resolve(stdout));
  });
}

it("skips an unavailable backend with its reason, and fails it where it is required", async () => {
  expect(JSON.parse(await runSuite())).toMatchObject({
    numTotalTests: 2,
    testResults: [
      {
        assertionResults: [
          { title: "backend nowhere cannot run here: There is no GPU. Plug one in.", status: "skipped" },
          { title: "backend required cannot run here: There is no GPU. Plug one in.", status: "failed" },
        ],
      },
    ],
  });
}, 60_000);
