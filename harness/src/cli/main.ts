#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { WriteError } from "@mobilenet-bench/files";
import { SpecError } from "@mobilenet-bench/spec";
import { ModelFileError } from "@mobilenet-bench/model-files";
import { CellIdError, StoreError } from "@mobilenet-bench/results";
import { RunKeptError } from "../run/kept-error.ts";
import { UsageError } from "../usage-error.ts";
import { accuracyCommand } from "./accuracy.ts";
import { checkCommand } from "./check.ts";
import { addCompletion } from "./completion.ts";
import { classifyCommand } from "./classify.ts";
import { doctorCommand } from "./doctor.ts";
import { EXIT } from "./exit.ts";
import { exportCommand } from "./export.ts";
import { fuzzCommand } from "./fuzz.ts";
import { importCommand } from "./import.ts";
import { endWithParent } from "./lifeline.ts";
import { listCommand } from "./list.ts";
import { note, print } from "./output.ts";
import { mutateCommand } from "./mutate.ts";
import { packCommand } from "./pack.ts";
import { outliveReaders } from "./output.ts";
import { peakCommand } from "./peak.ts";
import { runCommand } from "./run.ts";
import { showCommand } from "./show.ts";
import { specCommand } from "./spec.ts";
import { addVersion, VersionAsked, versionLine } from "./version.ts";

const COMMANDS = [
  doctorCommand,
  specCommand,
  listCommand,
  runCommand,
  showCommand,
  checkCommand,
  fuzzCommand,
  mutateCommand,
  peakCommand,
  importCommand,
  exportCommand,
  classifyCommand,
  accuracyCommand,
  packCommand,
];

const program = new Command("mnb")
  .description("MobileNet V1 across JavaScript runtimes: latency against mult-adds.")
  .addHelpText(
    "after",
    "\nExit status: 0 done, 1 done and something is wrong, 2 the call was wrong, 130 interrupted.",
  )
  .showSuggestionAfterError()
  .exitOverride();
addVersion(program);
for (const command of COMMANDS) program.addCommand(command().copyInheritedSettings(program));
addCompletion(program);

/** Errors of the caller's making: their message is all that helps. */
const CALLER_ERRORS = [UsageError, SpecError, CellIdError, StoreError, ModelFileError];

// To write beyond a limit on the size of files is an error of that write (EFBIG), and Node sees to that. Libraries that
// listen for this signal for a while leave it deadly when they stop, and so does nobody as long as somebody listens.
process.on("SIGXFSZ", () => {});
endWithParent();
outliveReaders();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof VersionAsked) print(await versionLine());
  else if (error instanceof CommanderError) {
    // It has printed its message already; help and version end with 0.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else if (error instanceof Error && CALLER_ERRORS.some((type) => error instanceof type)) {
    note(error.message);
    process.exitCode = EXIT.usage;
  } else if (error instanceof WriteError || error instanceof RunKeptError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.wrong;
  } else throw error;
}
