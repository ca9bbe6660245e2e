import { CommanderError, type Command } from "commander";

/** Thrown where the version is asked for: the commit takes a call of git, which no other call should wait for. */
export class VersionAsked extends CommanderError {
  constructor() {
    super(0, "mnb.version", "");
  }
}

/** `--version`, answered once parsing has ended: the commit takes a process to find. */
export function addVersion(program: Command): Command {
  return program
    .option("-V, --version", "the version, and the commit it is made from")
    .on("option:version", () => {
      throw new VersionAsked();
    });
}
