import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Calibration } from "@mobilenet-bench/results";
import { readCalibration } from "@mobilenet-bench/results/store";
import { publishedFolder } from "../folders.ts";

/** Every recording of pairs whose truth is known that comes with a clone. */
export async function publishedCalibrations(): Promise<Calibration[]> {
  const folder = join(publishedFolder(), "calibration");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  return Promise.all(names.toSorted().map((name) => readCalibration(join(folder, name))));
}
