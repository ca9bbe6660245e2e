import type { Command } from "commander";

/** Every command, in the order of the help. Each is loaded by itself, since most of the libraries serve only few. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map(
  Object.entries({
    doctor: async () => (await import("./doctor.ts")).doctorCommand(),
    spec: async () => (await import("./spec.ts")).specCommand(),
    list: async () => (await import("./list.ts")).listCommand(),
    run: async () => (await import("./run.ts")).runCommand(),
    show: async () => (await import("./show.ts")).showCommand(),
    history: async () => (await import("./history.ts")).historyCommand(),
    results: async () => (await import("./results.ts")).resultsCommand(),
    site: async () => (await import("./site.ts")).siteCommand(),
    compare: async () => (await import("./compare.ts")).compareCommand(),
    choose: async () => (await import("./choose.ts")).chooseCommand(),
    report: async () => (await import("./report.ts")).reportCommand(),
    calibrate: async () => (await import("./calibrate.ts")).calibrateCommand(),
    overhead: async () => (await import("./overhead.ts")).overheadCommand(),
    coverage: async () => (await import("./coverage.ts")).coverageCommand(),
    nightly: async () => (await import("./nightly.ts")).nightlyCommand(),
    check: async () => (await import("./check.ts")).checkCommand(),
    fuzz: async () => (await import("./fuzz.ts")).fuzzCommand(),
    mutate: async () => (await import("./mutate.ts")).mutateCommand(),
    peak: async () => (await import("./peak.ts")).peakCommand(),
    import: async () => (await import("./import.ts")).importCommand(),
    export: async () => (await import("./export.ts")).exportCommand(),
    classify: async () => (await import("./classify.ts")).classifyCommand(),
    accuracy: async () => (await import("./accuracy.ts")).accuracyCommand(),
    pack: async () => (await import("./pack.ts")).packCommand(),
    comment: async () => (await import("./comment.ts")).commentCommand(),
    action: async () => (await import("./action.ts")).actionCommand(),
  }),
);

/**
 * Adds the command that a command line begins with; all of them where it names none, as for help, completion and words
 * that are to be corrected.
 */
export async function loadCommands(program: Command, [first = ""]: readonly string[]): Promise<void> {
  const load = COMMANDS.get(first);
  const commands = await Promise.all((load ? [load] : [...COMMANDS.values()]).map((one) => one()));
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  if (!load) (await import("./completion.ts")).addCompletion(program);
}
