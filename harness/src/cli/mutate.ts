import { availableParallelism } from "node:os";
import { Command } from "commander";
import picomatch from "picomatch";
import { FAULTS, groupOf } from "../mutate/faults/faults.ts";
import { isFine } from "../mutate/judge.ts";
import { mutate } from "../mutate/mutate.ts";
import { renderJson, renderText } from "../mutate/render.ts";
import { UsageError } from "../usage-error.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { EXIT } from "./exit.ts";
import { onInterrupt } from "./interrupt.ts";
import { commaSeparated, count } from "./options.ts";
import { note, print, terminal } from "./output.ts";
import { startProgress } from "./progress.ts";

interface MutateCommandOptions extends FormatOptions {
  readonly backend?: readonly string[];
  readonly fault?: readonly string[];
  readonly jobs: number;
}

export function mutateCommand(): Command {
  return addFormats(new Command("mutate"))
    .description(
      "Whether checks can fail: plants faults in our backends and in the check, and counts the catches.",
    )
    .option(
      "--backend <names>",
      "comma-separated, globs allowed: ts, wasm, webgpu; check for the check itself",
      commaSeparated,
    )
    .option("--fault <names>", "comma-separated, globs allowed: 'ts/pad-*'", commaSeparated)
    .option("--jobs <count>", "checks at a time", count, availableParallelism())
    .action(async (options: MutateCommandOptions) => {
      requireHooks();
      const faults = chooseFaults(options);
      const interrupt = new AbortController();
      const release = onInterrupt(() => interrupt.abort());
      const progress = startProgress(faults.length);
      const start = performance.now();
      let done = 0;
      const results = await mutate({
        faults,
        jobs: options.jobs,
        signal: interrupt.signal,
        onResult: ({ fault: { id }, outcome, found }) => {
          done++;
          progress.step(id);
          progress.log(`[${done}/${faults.length}] ${id}  ${outcome}: ${found}`);
        },
      }).finally(() => {
        progress.stop();
        release();
      });
      const elapsed = Math.round(performance.now() - start);
      print(
        options.json ? renderJson(results, elapsed) : `\n${renderText(results, elapsed, terminal().color)}`,
      );
      if (results.some(({ outcome }) => !isFine(outcome))) process.exitCode = EXIT.wrong;
      if (interrupt.signal.aborted) {
        note(`Interrupted after ${results.length} of ${faults.length} faults.`);
        process.exitCode = EXIT.interrupted;
      }
    });
}

/** Faults get into modules by hooks that only newer versions of Node have. */
function requireHooks() {
  if ("registerHooks" in process.getBuiltinModule("node:module")) return;
  throw new UsageError(
    `Node ${process.versions.node} has no synchronous module hooks, by which faults are planted. Use Node 22.15 or newer, or ./mnb, which brings its own.`,
  );
}

function chooseFaults({ backend = ["*"], fault = ["**"] }: MutateCommandOptions) {
  const isBackend = picomatch([...backend]);
  const isFault = picomatch([...fault]);
  const chosen = FAULTS.filter((one) => isBackend(groupOf(one)) && isFault(one.id));
  if (chosen.length > 0) return chosen;
  const groups = [...new Set(FAULTS.map(groupOf))].join(", ");
  throw new UsageError(
    `No fault fits all filters. Leave one out; --backend knows ${groups}, and mnb mutate alone tries every fault.`,
  );
}
