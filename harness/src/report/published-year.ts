import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { yearOutcomeSchema, type YearOutcome } from "@mobilenet-bench/results/simulation";
import { publishedFolder } from "../folders.ts";

/** What a simulated year of nights came to, where that is published. */
export async function publishedYear(): Promise<YearOutcome | undefined> {
  const text = await readFile(join(publishedFolder(), "simulation", "year.json"), "utf8").catch(
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    },
  );
  return text === undefined ? undefined : yearOutcomeSchema.parse(JSON.parse(text));
}
