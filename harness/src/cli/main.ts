#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { loadCommands } from "./commands.ts";
import { EXIT } from "./exit.ts";
import { endWithParent } from "./lifeline.ts";
import { note, outliveReaders, print } from "./output.ts";
import { addVersion, VersionAsked } from "./version.ts";

const program = new Command("mnb")
  .description("MobileNet V1 across JavaScript runtimes: latency against mult-adds.")
  .addHelpText(
    "after",
    "\nExit status: 0 done, 1 done and something is wrong, 2 the call was wrong, 130 interrupted.",
  )
  .showSuggestionAfterError()
  .exitOverride();

// To write beyond a limit on the size of files is an error of that write (EFBIG), and Node sees to that. Libraries that
// listen for this signal for a while leave it deadly when they stop, and so does nobody as long as somebody listens.
process.on("SIGXFSZ", () => {});
endWithParent();
outliveReaders();
try {
  await loadCommands(addVersion(program), process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  if (error instanceof VersionAsked) print(await (await import("./version-line.ts")).versionLine());
  else if (error instanceof CommanderError) {
    // It has printed its message already; help and version end with 0.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    const { statusOf } = await import("./caller-errors.ts");
    const status = statusOf(error);
    if (!(error instanceof Error) || status === undefined) throw error;
    note(error.message);
    process.exitCode = status;
  }
}
