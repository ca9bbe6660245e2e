import { defineConfig } from "vitest/config";

const LONG = process.env["MNB_NIGHTLY"] ? [] : ["test/**/*.nightly.test.ts"];
/** Tells by the clock who works and who rests: has the machine for itself. */
const ALONE = ["test/measure-processor.test.ts"];
const together = { include: ["test/**/*.test.ts"], exclude: [...ALONE, ...LONG] };

// Real processes are started and real figures taken: with patience.
export default defineConfig({
  test: {
    testTimeout: 120_000,
    // Beside each other, tests make each other wait for cores: no block shall be left out for that.
    env: { MNB_MAX_DISTURBANCE: "1" },
    projects: [
      { extends: true, test: { name: "together", ...together, sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: { name: "alone", include: ALONE, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
