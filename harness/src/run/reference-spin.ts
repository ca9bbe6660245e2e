import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LoopsOfSet } from "@mobilenet-bench/results";
import { readValidated, writeValidated } from "@mobilenet-bench/results/store";
import { median } from "simple-statistics";
import { z } from "zod";

const constantSchema = z.object({
  machine: z.string(),
  spinMs: z.number().positive().describe("median over the sets of the machine's first run"),
});

/**
 * The machine's constant that figures at the reference clock are told by: what the spin loop took in the first run here
 * that had readings which count. It is kept, and never changes: by another one all figures would be others.
 * @param machine its id
 * @param sets of a run that ends now; none where it is not complete
 * @returns null where there is none yet
 * @throws WriteError where it cannot be kept
 */
export async function referenceSpinMs(
  folder: string,
  machine: string,
  sets: readonly LoopsOfSet[],
): Promise<number | null> {
  const path = join(folder, `${machine}.json`);
  if (!existsSync(path)) {
    const counted = sets.flatMap(({ spinMs }) => spinMs ?? []);
    if (counted.length === 0) return null;
    await writeValidated(path, constantSchema, { machine, spinMs: median(counted) });
  }
  return (await readValidated(path, constantSchema)).spinMs;
}
