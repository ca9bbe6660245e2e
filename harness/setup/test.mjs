import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { turbo } from "./build.mjs";
import { chooseTests, testFiles } from "./choose-tests.mjs";
import { outliveReaders } from "./outlive-readers.mjs";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import { readRecord, workspaceFolders } from "./stamp.mjs";
import { closingLine, isGreen, tally } from "./tally.mjs";

const REPORT = "test-report.json";
/** Takes as long as all packages together, and has tests that bear nothing beside them. */
const LARGEST = "harness";
const summaries = join(root, ".turbo", "runs");

const USAGE = `npm test                      all tests but long proofs, with all the set-up that they need
npm test -- FILTER…           those of a package (spec, packages/spec), of files (report.test.ts) or by their names;
                              files beside a package are those of it that fit, else those that fit elsewhere
npm test -- --nightly         the long proofs too (*.nightly.test.ts), which a filter that names them runs as well, and
                              more cases of whatever is tried with many
npm test -- --check           lint and the other checks first

Where a chosen test needs Python (3.10 to 3.12), 1.2 GB of packages go to .mnb; no other makes that necessary.
`;

/**
 * Set-up, the tests that were chosen (all without a filter) and, with `--check`, lint and the other checks between
 * them. The last line that is printed is the sum of all tests.
 */
async function main() {
  const call = parseCall(process.argv.slice(2));
  if (call === undefined) return 2;
  if (call.help) {
    console.log(USAGE);
    return 0;
  }
  const choice = chooseTests(call.filters, testFiles(root), call);
  if ("unknown" in choice) {
    process.stderr.write(
      `[setup] Nothing is named "${choice.unknown}": no package, no test file, and no test of what the other words choose.\n\n${USAGE}`,
    );
    return 2;
  }
  if (!(await setUp({ tests: choice.python }))) {
    console.log(closingLine({ passed: 0, failed: 1, skipped: 0 }));
    return 1;
  }
  const checks = call.check ? await show("Checking", "check", "--output-logs=errors-only") : 0;
  const { problems, ...sum } = await runTests(choice);
  for (const problem of problems) console.log(`✗ ${problem}`);
  if (checks !== 0) console.log("✗ the checks failed, see above: npm run check");
  if (choice.left > 0)
    console.log(`${choice.left} files of long proofs left to the nightly run: npm test -- --nightly`);
  console.log(closingLine(sum));
  return isGreen(sum) && checks === 0 ? 0 : 1;
}

/** @returns {{ help: boolean, check: boolean, nightly: boolean, filters: string[] } | undefined} nothing where the call was wrong */
function parseCall(/** @type {string[]} */ args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        check: { type: "boolean" },
        nightly: { type: "boolean" },
      },
    });
    const { help = false, check = false, nightly = false } = values;
    return { help, check, nightly, filters: positionals };
  } catch (error) {
    process.stderr.write(`[setup] ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return undefined;
  }
}

/**
 * Turborepo runs Vitest once in each package, not one Vitest with all of them as its projects: results of packages in
 * which nothing has changed come out of its cache, and Vitest has none for results.
 *
 * Old reports go first, so that one that is there afterwards belongs to this run (or to the cache's equal one).
 */
async function runTests(/** @type {import("./choose-tests.mjs").Choice} */ { packages, nightly }) {
  for (const folder of workspaceFolders(root)) rmSync(join(root, folder, REPORT), { force: true });
  rmSync(summaries, { recursive: true, force: true });
  mkdirSync(summaries, { recursive: true });
  // Read by tests of which more is proved at night.
  if (nightly) process.env["MNB_NIGHTLY"] = "1";
  // Most packages have one file that takes as long as all their others: beside each other, they leave no core idle.
  const alone = packages.filter(({ folder, words }) => folder === LARGEST || words.length > 0);
  const together = packages.filter((one) => !alone.includes(one)).map(({ folder }) => folder);
  if (together.length > 0) await testBesideEachOther(together, []);
  for (const { folder, words } of alone) await testBesideEachOther([folder], words);
  const tasks = readdirSync(summaries)
    .flatMap((name) => readRecord(join(summaries, name)).tasks)
    .filter(({ task }) => task === "test");
  return tally(
    // Where Turborepo itself failed, it tells of no task, and the package has no report.
    packages.map(
      ({ folder }) =>
        tasks.find(({ directory }) => join(directory) === folder) ?? { package: folder, directory: folder },
    ),
    ({ directory }) => readRecord(join(root, directory, REPORT)),
  );
}

/** Shares the cores among packages, and within a package among its files. Resolves to the exit status. */
function testBesideEachOther(
  /** @type {readonly string[]} */ folders,
  /** @type {readonly string[]} */ words,
) {
  const cores = availableParallelism();
  const packages = Math.min(cores, folders.length);
  const options = [`--concurrency=${packages}`, "--output-logs=new-only", "--summarize"];
  const filters = folders.map((folder) => `--filter=./${folder}`);
  // Read by Vitest. Turborepo takes words after -- for a part of every task that these tests wait for: it would find none of
  // the builds in its cache.
  process.env["VITEST_MAX_WORKERS"] = String(Math.floor(cores / packages));
  // Tests that somebody names are run, and on what the set-up has built.
  const narrowed = words.length > 0 ? ["--force", "--only", "--", ...words] : [];
  return show("Testing", "test", ...options, ...filters, ...narrowed);
}

/** Runs tasks of Turborepo with their output on ours; resolves to the exit status. */
function show(/** @type {string} */ title, /** @type {readonly string[]} */ ...words) {
  process.stderr.write(`${title} …\n`);
  const [file, args, env] = turbo("run", "--continue=dependencies-successful", ...words);
  const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

outliveReaders();
process.exitCode = await main();
