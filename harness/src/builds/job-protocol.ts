import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { PROTOCOL_VERSION } from "@mobilenet-bench/runner";
import { UsageError } from "../usage-error.ts";
import type { Build } from "./build.ts";

/** In a process of its own: what a build exports is read, and none of it runs in this one. */
const READ = `console.log((await import(process.argv[1])).PROTOCOL_VERSION)`;

/**
 * The version of the job protocol that a build's runners speak.
 * @throws UsageError where it tells none
 */
async function protocolVersionOf({ root, word }: Pick<Build, "root" | "word">): Promise<number> {
  const runner = pathToFileURL(join(root, "packages", "runner", "dist", "index.js")).href;
  const { failed, stdout } = await execa(process.execPath, ["--input-type=module", "--eval", READ, runner], {
    reject: false,
    stdin: "ignore",
  });
  const version = Number(stdout);
  if (failed || stdout.trim() === "" || !Number.isInteger(version))
    throw new UsageError(
      `${word} tells no version of the job protocol, by which it could be driven. ${REMEDY}`,
    );
  return version;
}

/** Without any of it being driven by this harness. */
const REMEDY = "Measure each checkout with its own mnb run, and compare the run files: mnb compare RUN RUN.";

/**
 * Before anything is measured: a runner of another protocol may mean something else by the same words.
 * @throws UsageError where the build speaks another one than this harness
 */
export async function refuseForeignProtocol(build: Build, own = PROTOCOL_VERSION): Promise<void> {
  const version = await protocolVersionOf(build);
  if (version !== own)
    throw new UsageError(
      `${build.word} speaks version ${version} of the job protocol, and this harness version ${own}. ${REMEDY}`,
    );
}
