import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startVitest } from "vitest/node";

/** Runs the suite of two unavailable backends in a vitest of its own. */
async function outcomes() {
  const exitCode = process.exitCode;
  const vitest = await startVitest("test", [], {
    root: fileURLToPath(new URL("support/unavailable", import.meta.url)),
    config: false,
    include: ["*.suite.ts"],
    reporters: [{}],
    watch: false,
  });
  try {
    const modules = vitest.state.getTestModules();
    return modules.flatMap(({ children }) =>
      [...children.allTests()].map((test) => ({ name: test.name, state: test.result().state })),
    );
  } finally {
    await vitest.close();
    // It fails on purpose, which is no failure of this process.
    process.exitCode = exitCode;
  }
}

it("skips an unavailable backend with its reason, and fails it where it is required", async () => {
  expect(await outcomes()).toEqual([
    { name: "backend nowhere cannot run here: There is no GPU. Plug one in.", state: "skipped" },
    { name: "backend required cannot run here: There is no GPU. Plug one in.", state: "failed" },
  ]);
}, 60_000);
