import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Edit } from "./fault.ts";

/** Why an edit cannot be made in the sources of a package as they are; undefined where it can. */
export function whyStale({ file, find, replace }: Edit, folder: string): string | undefined {
  const path = join(folder, "src", file);
  if (!existsSync(path)) return `${path} is no more`;
  const count = readFileSync(path, "utf8").split(find).length - 1;
  if (count !== 1) return `${path} has its text ${count === 0 ? "no more" : `${count} times`}`;
  return replace === find ? `it changes nothing in ${path}` : undefined;
}
