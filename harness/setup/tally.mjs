import { basename } from "node:path";

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 *
 * @typedef {object} TestTask a package's `test` task, as Turborepo's summary has it
 * @property {string} package
 * @property {string} directory
 * @property {{ exitCode: number }} [execution] nothing where it did not run; of the first run where it was cached
 *
 * @typedef {object} Report what Vitest's JSON reporter writes, as far as it matters here
 * @property {boolean} success
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[]} testResults by file
 */

/**
 * Sums the tests of all packages. What left no trace in a report counts as one failure, so that nothing red can add
 * up to green: a package without a report, a file that could not be imported, a runner that failed all the same.
 *
 * @param {readonly TestTask[]} tasks
 * @param {(task: TestTask) => Report | undefined} readReport the package's test-report.json, or nothing
 * @returns {Tally & { problems: string[] }} `problems`: what failed where and why, a line per package and per test
 */
export function tally(tasks, readReport) {
  const sum = { passed: 0, failed: 0, skipped: 0, problems: /** @type {string[]} */ ([]) };
  for (const task of tasks) {
    const report = readReport(task);
    const { passed, failed, skipped } = report === undefined ? NOTHING : count(report);
    const problem = failed > 0 ? `${failed} failed` : silentProblem(task, report);
    sum.passed += passed;
    sum.skipped += skipped;
    if (problem === undefined) continue;
    sum.failed += Math.max(failed, 1);
    sum.problems.push(`${task.package}: ${problem}`, ...(report === undefined ? [] : failures(report)));
  }
  return sum;
}

/** What failed in a report, a line each: whoever sees nothing but the end of the output is told as well. */
function failures(/** @type {Report} */ { testResults }) {
  return testResults.flatMap(({ name, status, message = "", assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "failed");
    if (tests.length === 0) return status === "failed" ? [`${basename(name)}: ${firstLine(message)}`] : [];
    return tests.map(
      ({ fullName, failureMessages: [why = ""] = [] }) => `${basename(name)}: ${fullName}: ${firstLine(why)}`,
    );
  });
}

const firstLine = (/** @type {string} */ text) => text.split("\n", 1)[0] ?? "";

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** @returns {Tally} a file that broke before its first test is one failure */
function count(/** @type {Report} */ report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** What went wrong although no test says so. */
function silentProblem(/** @type {TestTask} */ task, /** @type {Report | undefined} */ report) {
  if (report === undefined) return "no test report: its build or its test runner failed";
  if (report.numPassedTests === 0) return "no test ran";
  if (report.success && task.execution?.exitCode === 0) return undefined;
  return "the test runner failed although no test did";
}

/** The line that ends `npm test`. */
export function closingLine(/** @type {Tally} */ { passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Green only where something ran and nothing failed. */
export const isGreen = (/** @type {Tally} */ { passed, failed }) => passed > 0 && failed === 0;
