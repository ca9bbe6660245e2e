import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { nightSchema, type Night } from "@mobilenet-bench/results";
import { readValidated } from "@mobilenet-bench/results/store";
import { publishedFolder } from "../folders.ts";

/** Every night that comes with a clone. */
export async function publishedNights(): Promise<Night[]> {
  const folder = join(publishedFolder(), "nights");
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(".json")).toSorted();
  return Promise.all(files.map((name) => readValidated(join(folder, name), nightSchema)));
}
