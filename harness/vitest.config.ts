import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const LONG = process.env["MNB_NIGHTLY"] ? [] : ["test/**/*.nightly.test.ts"];
/** Tells by the clock who works and who rests: has the machine for itself. */
const ALONE = ["test/measure-processor.test.ts"];
/**
 * Puts other modules or backends in the place of the program's own, or browsers to work: each file has a process to
 * itself.
 */
const ISOLATED = [
  ...["broken-backend", "compare-given", "killed-runs", "run", "run-peaks"].map(
    (name) => `test/${name}.test.ts`,
  ),
  "test/{browser,chrome,firefox,page,site}-*.test.ts",
  "test/site.test.ts",
  "test/**/*.nightly.test.ts",
];
/**
 * Takes a quarter of a minute or more: begun early, none of them is waited for at the end. Browsers take turns with what
 * needs none, so that few have to share the machine.
 */
const LONG_FIRST = [
  "site",
  "packages",
  "chrome-target",
  "end-of-run",
  "pack",
  "chrome-faults",
  "pair",
  "site-address",
  "broken-backend",
  "site-pictures",
  "cli",
  "site-filters",
  "setup-mnb",
  "results-kept",
  "exit-status-cli",
  "mutate",
  "measure-answers",
  "mutate-cli",
  "outside-backend",
];

/** The order is the runner's own where nothing is known to take long: by size. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      LONG_FIRST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    const sorted = await BaseSequencer.prototype.sort.call(this, files);
    const long = sorted.filter((file) => place(file) >= 0).toSorted((a, b) => place(a) - place(b));
    return [...long, ...sorted.filter((file) => place(file) < 0)];
  }
}

// Real processes are started and real figures taken: with patience.
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongFirst },
    // Beside each other, tests make each other wait for cores: no block shall be left out for that.
    env: { MNB_MAX_DISTURBANCE: "1" },
    projects: [
      // No file changes what another one sees: what they import is loaded once for all.
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...ALONE, ...ISOLATED],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: "isolated", include: ISOLATED, exclude: LONG, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: "alone", include: ALONE, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
