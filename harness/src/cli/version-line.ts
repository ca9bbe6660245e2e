import { readFile } from "node:fs/promises";
import { z } from "zod";
import { commitText } from "@mobilenet-bench/results";
import { sourceCommit } from "../environment/commit.ts";
import { projectFolder } from "../folders.ts";

/** Of this package, two folders up in `src` and `dist` alike. */
const MANIFEST = new URL("../../package.json", import.meta.url);

/** `mobilenet-bench 0.1.0, commit fc91c6c0a1b2`. */
export async function versionLine(): Promise<string> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(MANIFEST, "utf8")));
  return `mobilenet-bench ${version}, ${commitText(await sourceCommit(projectFolder()))}`;
}
