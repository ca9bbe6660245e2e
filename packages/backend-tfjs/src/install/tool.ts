import { execa } from "execa";
import type { Context } from "./context.ts";

export interface Call {
  readonly cwd?: string;
  readonly timeoutMs: number;
}

/**
 * Runs a program, its output going into the log.
 * @returns what it printed, both streams together
 * @throws Error that says how it ended, and its last lines
 */
export async function runTool(
  { log, env }: Context,
  file: string,
  args: readonly string[],
  { cwd, timeoutMs }: Call,
): Promise<string> {
  log.output(`$ ${[file, ...args].join(" ")}`);
  const call = execa(file, args, {
    all: true,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: timeoutMs,
    ...(cwd !== undefined && { cwd }),
  });
  const lines: string[] = [];
  for await (const line of call.iterable({ from: "all", preserveNewlines: false })) {
    log.output(line);
    lines.push(line);
  }
  const result = await call;
  if (result.failed) throw new Error([result.shortMessage, ...lines.slice(-5)].join("\n"));
  return lines.join("\n");
}

/** The first of these programs that starts (`--version` is enough), or nothing. */
export async function findTool(context: Context, candidates: readonly string[]): Promise<string | undefined> {
  for (const file of candidates) {
    try {
      await runTool(context, file, ["--version"], { timeoutMs: 20_000 });
      return file;
    } catch {
      // The next one, then: the log shows what was tried.
    }
  }
  return undefined;
}
