import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { UsageError } from "../usage-error.ts";

const TAIL_LINES = 30;
/** Installs, builds and sees to optional parts: what it does not find built it makes. */
const SET_UP = join("harness", "setup", "setup.mjs");

/** Who is told of a set-up, and what ends it. */
export interface SetUpOptions {
  /** Each line of what it prints. */
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Before anything is read or copied: the folder may be any.
 * @throws UsageError where it is none of this project's
 */
export function refuseWithoutSetUp(root: string, what: string): void {
  if (!existsSync(join(root, SET_UP)))
    throw new UsageError(
      `${what} cannot be built: it has no ${SET_UP}. Name a checkout of this project, of a time when it had one.`,
    );
}

/**
 * Lets a checkout set itself up, by its own rules.
 * @param what the user called it
 * @throws UsageError where it has none that is known here, or fails: with the end of what it printed
 */
export async function setUp(root: string, what: string, { say, signal }: SetUpOptions): Promise<void> {
  refuseWithoutSetUp(root, what);
  const child = execa(process.execPath, [join(root, SET_UP)], {
    cwd: root,
    reject: false,
    stdin: "ignore",
    all: true,
    buffer: false,
    ...(signal && { cancelSignal: signal }),
  });
  const tail: string[] = [];
  createInterface({ input: child.all }).on("line", (line) => {
    say(line);
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
  });
  const { failed } = await child;
  signal?.throwIfAborted();
  if (failed)
    throw new UsageError(
      `${what} cannot be built:\n${tail.map((line) => `  | ${line}`).join("\n")}\n  Name another version, or mend what it says.`,
    );
}
