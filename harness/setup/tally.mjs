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
 */

/**
 * Sums the tests of all packages. What left no trace in a report counts as one failure, so that nothing red can add
 * up to green: a package without a report, a file that could not be imported, a runner that failed all the same.
 *
 * @param {readonly TestTask[]} tasks
 * @param {(task: TestTask) => unknown} readReport the package's test-report.json, or nothing where there is none
 * @returns {Tally & { problems: string[] }}
 */
export function tally(tasks, readReport) {
  const sum = { passed: 0, failed: 0, skipped: 0, problems: /** @type {string[]} */ ([]) };
  for (const task of tasks) {
    const { problem, ...counts } = countTask(task, readReport(task));
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
    if (counts.failed > 0) sum.problems.push(`${task.package}: ${problem ?? `${counts.failed} failed`}`);
  }
  return sum;
}

function countTask(/** @type {TestTask} */ task, /** @type {any} */ report) {
  if (report === undefined) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      problem: "no test report: its build or its test runner failed",
    };
  }
  const filesWithoutTests = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + filesWithoutTests.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  const isFine = report.success === true && task.execution?.exitCode === 0;
  if (counts.failed > 0 || isFine) return counts;
  const problem = counts.passed === 0 ? "no test ran" : "the test runner failed although no test did";
  return { ...counts, failed: 1, problem };
}

/** The line that ends `npm test`. */
export function closingLine(/** @type {Tally} */ { passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Green only where something ran and nothing failed. */
export const isGreen = (/** @type {Tally} */ { passed, failed }) => passed > 0 && failed === 0;
