import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { buildKey, hasOutputs } from "./build-key.mjs";
import { exec, logTail } from "./exec.mjs";
import { SetupFailure } from "./failure.mjs";
import { logPath, root, stateDir } from "./paths.mjs";
import { requireProgramNode } from "./program-node.mjs";
import { Progress } from "./progress.mjs";
import { readRecord, writeRecord } from "./stamp.mjs";
import { toolEnv } from "./tool-env.mjs";
import { otherUsers } from "./users.mjs";

/** Which sources the last build that succeeded was made from. */
const stampPath = join(stateDir, "build.stamp");

/** Whether what is built was made from the sources as they are. */
export function isBuilt() {
  return readRecord(stampPath)?.key === buildKey(root) && hasOutputs(root);
}

/**
 * Builds what has changed; Turborepo knows. The stamp goes before and comes back after, with the key of the sources
 * before: a build that failed, or during which they were edited, is done again.
 *
 * @throws SetupFailure where it fails, or would change what somebody is measuring
 */
export async function build() {
  const wasBuilt = isBuilt();
  const key = buildKey(root);
  // Before the look at who uses it: whoever comes after that finds no stamp, and waits.
  if (!wasBuilt) rmSync(stampPath, { force: true });
  const [user] = otherUsers();
  if (user !== undefined) {
    if (wasBuilt) return;
    throw new SetupFailure(
      `The sources have changed since they were built, and another mnb (process ${user.pid}) runs what is built.`,
      `Wait until it ends; where that is none, delete ${relative(process.cwd(), user.note)}.`,
    );
  }
  const progress = new Progress("Building");
  const log = logPath("build");
  const [file, args, env] = turbo(
    "run",
    "build",
    "--continue=dependencies-successful",
    "--output-logs=new-only",
  );
  const { ok, how } = await exec({ file, args, env, log, onLine: (line) => progress.update(line) });
  if (ok) {
    writeRecord(stampPath, { key });
    return progress.done();
  }
  progress.failed(how);
  throw new SetupFailure(`The build failed.\n${logTail(log)}\n`, "Mend what it names and run again.");
}

/**
 * A call of Turborepo, on the program's Node.
 *
 * @param {readonly string[]} words
 * @returns {[file: string, args: string[], env: NodeJS.ProcessEnv]}
 */
export function turbo(...words) {
  const node = requireProgramNode();
  const entry = join(root, "node_modules", "turbo", "bin", "turbo");
  return [node.path, [entry, ...words], toolEnv(node)];
}
