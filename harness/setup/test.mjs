import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { turbo } from "./build.mjs";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import { readRecord, workspaceFolders } from "./stamp.mjs";
import { closingLine, isGreen, tally } from "./tally.mjs";

const REPORT = "test-report.json";
const summaries = join(root, ".turbo", "runs");

/**
 * Set-up, every package's tests and, with `--check`, lint and the other checks between them. The last line that is
 * printed is the sum of all tests.
 */
async function main() {
  if (!(await setUp({ tests: true }))) {
    console.log(closingLine({ passed: 0, failed: 1, skipped: 0 }));
    return 1;
  }
  const checks = process.argv.includes("--check")
    ? await show("Checking", "check", "--output-logs=errors-only")
    : 0;
  const { problems, ...sum } = await runTests();
  for (const problem of problems) console.log(`✗ ${problem}`);
  if (checks !== 0) console.log("✗ the checks failed, see above: npm run check");
  console.log(closingLine(sum));
  return isGreen(sum) && checks === 0 ? 0 : 1;
}

/** Old reports go first, so that one that is there afterwards belongs to this run (or to the cache's equal one). */
async function runTests() {
  for (const folder of workspaceFolders(root)) rmSync(join(root, folder, REPORT), { force: true });
  rmSync(summaries, { recursive: true, force: true });
  // One package at a time: tests that compute share the cores, and some wait for threads to show up.
  const options = ["--concurrency=1", "--output-logs=new-only", "--summarize"];
  await show("Testing", "test", ...options);
  const tasks = readdirSync(summaries).flatMap((name) => readRecord(join(summaries, name)).tasks);
  return tally(
    tasks.filter(({ task, command }) => task === "test" && command !== "<NONEXISTENT>"),
    ({ directory }) => readRecord(join(root, directory, REPORT)),
  );
}

/** Runs tasks of Turborepo with their output on ours; resolves to the exit status. */
function show(/** @type {string} */ title, /** @type {readonly string[]} */ ...words) {
  process.stderr.write(`${title} …\n`);
  const [file, args, env] = turbo("run", ...words, "--continue=dependencies-successful");
  const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

process.exitCode = await main();
