import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { isScalar, parseDocument } from "yaml";
import { UsageError } from "../usage-error.ts";
import type { PeerVersion } from "./peer-version.ts";

/**
 * Puts another version of a library into a checkout: in its catalog, where every package of the workspace takes it from,
 * and in its lock file. So processes and pages alike run it.
 * @param pnpm the script of the package manager
 * @throws UsageError where the checkout does not use the library, or there is no such version
 */
export async function pinVersions(
  root: string,
  { packages, version, backend }: PeerVersion,
  pnpm: string,
  signal?: AbortSignal,
): Promise<void> {
  const path = join(root, "pnpm-workspace.yaml");
  const settings = parseDocument(await readFile(path, "utf8"));
  const used = packages.filter((name) => isScalar(settings.getIn(["catalog", name], true)));
  if (used.length === 0)
    throw new UsageError(
      `This checkout has no ${packages.join(", ")} in its catalog. Compare git refs instead.`,
    );
  for (const name of used) settings.setIn(["catalog", name], version);
  await writeFile(path, settings.toString());
  const { failed, all } = await execa(
    process.execPath,
    [pnpm, "install", "--lockfile-only", "--no-frozen-lockfile", "--ignore-scripts"],
    { cwd: root, reject: false, stdin: "ignore", all: true, ...(signal && { cancelSignal: signal }) },
  );
  signal?.throwIfAborted();
  if (failed)
    throw new UsageError(
      `${backend}@${version} cannot be had:\n${lastLines(all)}\n  Name a version that the registry of packages has: npm view ${used[0]} versions.`,
    );
}

function lastLines(text: string): string {
  const lines = text.trimEnd().split("\n").slice(-10);
  return lines.map((line) => `  | ${line}`).join("\n");
}
