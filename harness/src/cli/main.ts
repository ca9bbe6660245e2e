#!/usr/bin/env node
import { commandLine } from "./command-line.ts";
import { endWithParent } from "./lifeline.ts";
import { outliveReaders } from "./output.ts";

// To write beyond a limit on the size of files is an error of that write (EFBIG), and Node sees to that. Libraries that
// listen for this signal for a while leave it deadly when they stop, and so does nobody as long as somebody listens.
process.on("SIGXFSZ", () => {});
endWithParent();
outliveReaders();
await commandLine(process.argv.slice(2));
