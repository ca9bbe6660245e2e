import { join } from "node:path";
import { exec, logTail } from "./exec.mjs";
import { SetupFailure } from "./failure.mjs";
import { logPath, root } from "./paths.mjs";
import { requireProgramNode } from "./program-node.mjs";
import { Progress } from "./progress.mjs";
import { toolEnv } from "./tool-env.mjs";

/** Builds what has changed; Turborepo knows. */
export async function build() {
  const progress = new Progress("Building");
  const log = logPath("build");
  const [file, args, env] = turbo(
    "run",
    "build",
    "--continue=dependencies-successful",
    "--output-logs=new-only",
  );
  const { ok, how } = await exec({ file, args, env, log, onLine: (line) => progress.update(line) });
  if (ok) return progress.done();
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
