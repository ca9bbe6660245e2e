import { Command, CommanderError } from "commander";
import { loadCommands } from "./commands.ts";
import { EXIT } from "./exit.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print } from "./output.ts";
import { addVersion, VersionAsked } from "./version.ts";

/**
 * Does what the words after `mnb` ask for, prints on this process's output and sets its exit status.
 * @throws what is no error of the caller's, but a bug
 */
export async function commandLine(words: readonly string[]): Promise<void> {
  const program = new Command("mnb")
    .description("MobileNet V1 across JavaScript runtimes: latency against mult-adds.")
    .addHelpText(
      "after",
      helpNotes("Exit status: 0 done, 1 done and something is wrong, 2 the call was wrong, 130 interrupted."),
    )
    // Names alone, so that descriptions have room; each command tells its own arguments.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showSuggestionAfterError()
    .exitOverride();
  try {
    await loadCommands(addVersion(program), words);
    await program.parseAsync(words, { from: "user" });
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
}
