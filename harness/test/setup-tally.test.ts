import { describe, expect, it } from "vitest";
import { closingLine, isGreen, tally } from "../setup/tally.mjs";

const ran = { package: "spec", directory: "packages/spec", execution: { exitCode: 0 } };
const green = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [],
};

describe("the closing line", () => {
  it("sums passed, failed and skipped over the packages", () => {
    const red = {
      ...green,
      success: false,
      numFailedTests: 2,
      testResults: [
        {
          name: "/there/test/bounds.test.ts",
          status: "failed",
          assertionResults: [
            { status: "passed", fullName: "bounds hold" },
            {
              status: "failed",
              fullName: "bounds are tight",
              failureMessages: ["expected 2 to be 1\n    at …"],
            },
            { status: "failed", fullName: "bounds end" },
          ],
        },
      ],
    };
    const failed = { ...ran, package: "backend", execution: { exitCode: 1 } };
    const sum = tally([ran, failed], ({ package: name }) => (name === "spec" ? green : red));
    expect(closingLine(sum)).toBe("6 passed, 2 failed, 4 skipped");
    expect(sum.problems).toEqual([
      "backend: 2 failed",
      "bounds.test.ts: bounds are tight: expected 2 to be 1",
      "bounds.test.ts: bounds end: ",
    ]);
    expect(isGreen(sum)).toBe(false);
  });

  it("is green where tests passed and none failed", () => {
    expect(isGreen(tally([ran], () => green))).toBe(true);
  });

  it.each([
    ["a package without a report", ran, undefined],
    ["a package without tests", ran, { ...green, success: false, numPassedTests: 0 }],
    ["a runner that failed after its tests", { ...ran, execution: { exitCode: 1 } }, green],
    ["a runner that reports failure without a test", ran, { ...green, success: false }],
    ["a task that did not run but left a report", { package: "spec", directory: "packages/spec" }, green],
    [
      "a file that could not be imported",
      ran,
      {
        ...green,
        testResults: [
          {
            name: "/there/broken.test.ts",
            status: "failed",
            message: "no such module",
            assertionResults: [],
          },
        ],
      },
    ],
  ])("counts %s as one failure", (_, task, report) => {
    const sum = tally([task], () => report);
    expect(sum.failed).toBe(1);
    expect(sum.problems[0]).toContain(task.package);
  });

  it("says why a file could not be imported", () => {
    const file = {
      name: "/there/broken.test.ts",
      status: "failed",
      message: "no such module\n",
      assertionResults: [],
    };
    const { problems } = tally([ran], () => ({ ...green, success: false, testResults: [file] }));
    expect(problems).toEqual(["spec: 1 failed", "broken.test.ts: no such module"]);
  });

  it("is not green where nothing ran", () => {
    expect(isGreen(tally([], () => green))).toBe(false);
  });
});
