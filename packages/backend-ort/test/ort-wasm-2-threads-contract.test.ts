import { expect, test } from "vitest";
import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { ortWasm } from "@mobilenet-bench/backend-ort";
import { createModel, generateWeights } from "@mobilenet-bench/spec";

// A file of its own, thus a process of its own: the library starts its threads once.
test("starts one worker beside the thread of the caller", async () => {
  let workers = 0;
  const count = () => workers++;
  process.on("worker", count);
  const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
  const session = await ortWasm.load(model, generateWeights(model), { threads: 2 });
  process.off("worker", count);
  expect(session.actual.threads).toBe(2);
  expect(workers).toBe(1);
  await session.dispose();
});

await testBackend(ortWasm, { variants: [{ threads: 2 }] });
