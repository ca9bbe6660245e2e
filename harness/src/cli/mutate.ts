import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { groupOf } from "@mobilenet-bench/backend/faults";
import type { FoundFault } from "@mobilenet-bench/mutation";
import { Command } from "commander";
import picomatch from "picomatch";
import { RATCHET_SEED } from "../check/ratchet.ts";
import { UsageError } from "../usage-error.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { EXIT } from "./exit.ts";
import { onInterrupt } from "./interrupt.ts";
import { commaSeparated, count } from "./options.ts";
import { note, print, terminal } from "./output.ts";
import { startProgress } from "./progress.ts";
import { requireClone } from "./require-clone.ts";

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
      const project = requireSources();
      const { findFaults, isFine, mutate } = await import("@mobilenet-bench/mutation");
      const { renderJson, renderText } = await import("../report/mutation.ts");
      const faults = chooseFaults(await findFaults(project), options);
      const interrupt = new AbortController();
      const release = onInterrupt(() => interrupt.abort());
      const progress = startProgress(faults.length);
      const start = performance.now();
      let done = 0;
      const results = await mutate({
        subject: { script: fileURLToPath(new URL("main.js", import.meta.url)), seed: RATCHET_SEED },
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

/** Faults lie beside the sources that they are planted in, and Node itself reads both. */
function requireSources(): string {
  const project = requireClone("Faults are planted in the sources of", "mutate");
  if (process.features.typescript) return project;
  throw new UsageError(
    `Node ${process.versions.node} does not read TypeScript, in which faults are planted. Use Node 22.18 or newer, or ./mnb, which brings its own.`,
  );
}

function chooseFaults(
  faults: readonly FoundFault[],
  { backend = ["*"], fault = ["**"] }: MutateCommandOptions,
): readonly FoundFault[] {
  const isBackend = picomatch([...backend]);
  const isFault = picomatch([...fault]);
  const chosen = faults.filter((one) => isBackend(groupOf(one)) && isFault(one.id));
  if (chosen.length > 0) return chosen;
  const groups = [...new Set(faults.map(groupOf))].join(", ");
  throw new UsageError(
    `No fault fits all filters. Leave one out; --backend knows ${groups}, and mnb mutate alone tries every fault.`,
  );
}
