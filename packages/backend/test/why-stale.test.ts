import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { whyStale } from "../src/faults/why-stale.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-stale-"));
  await mkdir(join(folder, "src", "kernels"), { recursive: true });
  await writeFile(join(folder, "src", "kernels", "sum.ts"), "let sum = 0;\nsum += a;\nsum += b;\n");
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  ["kernels/sum.ts", "sum += a", "sum -= a", undefined],
  ["kernels/sum.ts", "sum += c", "sum -= c", /has its text no more$/],
  ["kernels/sum.ts", "sum += ", "sum -= ", /has its text 2 times$/],
  ["kernels/sum.ts", "sum += a", "sum += a", /^it changes nothing in /],
  ["kernels/gone.ts", "sum += a", "sum -= a", /gone\.ts is no more$/],
])("a fault of %s that makes %j to %j is stale: %s", (file, find, replace, reason) => {
  const why = whyStale({ file, find, replace }, folder);
  if (reason === undefined) expect(why).toBeUndefined();
  else expect(why).toMatch(reason);
});
