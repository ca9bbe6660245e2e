import { Command } from "commander";
import { isRunWord } from "../compare/run-word.ts";
import { UsageError } from "../usage-error.ts";
import { compareBuilds, type CompareBuildsOptions } from "./compare-builds.ts";
import { compareRuns } from "./compare-runs.ts";
import { addFormats } from "./format.ts";
import { addBrowserOptions, addFilters, addInputs, addStrict } from "./options.ts";
import { COMPARISON_FORMATS } from "./report-comparison.ts";
import { helpNotes } from "./help-notes.ts";

const HELP = helpNotes(
  "A build is a git ref (HEAD~1, a tag, a commit), the working tree (.), a tarball (x.tgz), a folder with the sources, or a version of a library (ort-node@1.29.0). Two builds are measured side by side in pairs of fresh processes, which gives a verdict; what seems to have changed counts only where a second, independent job says the same.",
  "A stored run is a file (x.json), latest, or an id or the beginning of one, with the date at least. Two of them were measured at different times, which is weak evidence: there are ratios and no verdict.",
  "Exit status 1 where a cell of two builds is slower, in both jobs, or a cell failed; of two stored runs, where a cell that was in order in the base failed in the candidate. 2 where nothing can be compared.",
);

export function compareCommand(): Command {
  const command = new Command("compare")
    .argument("[base]", "a build, or a stored run")
    .argument("[candidate]", "the same: what may have become slower");
  return addFormats(addStrict(addBrowserOptions(addInputs(addFilters(command)))), COMPARISON_FORMATS)
    .description("Did it get slower? Two builds measured side by side, or two stored runs laid so.")
    .option("--resume [id]", "go on with an interrupted comparison: the last one, or that of the id")
    .option("--output <file>", "write the comparison there, and the table to standard output")
    .option(
      "--summary <file>",
      "of builds: append the report as Markdown ($GITHUB_STEP_SUMMARY without this)",
    )
    .addHelpText("after", HELP)
    .action(
      async (
        base: string | undefined,
        candidate: string | undefined,
        cells: string[],
        options: CompareBuildsOptions,
        command: Command,
      ) => {
        if (options.resume !== undefined) {
          refuse(command, base === undefined ? [] : ["builds"], WITH_RESUME, "--resume");
          return compareBuilds(undefined, [], options);
        }
        if (base === undefined || candidate === undefined)
          throw new UsageError("Name two builds or two stored runs: mnb compare HEAD~1 HEAD.");
        const [isRun, isOtherRun] = [isRunWord(base), isRunWord(candidate)];
        if (isRun !== isOtherRun)
          throw new UsageError(
            `${isRun ? base : candidate} is a stored run, and ${isRun ? candidate : base} a build. Compare two of a kind.`,
          );
        if (!isRun) return compareBuilds({ base, candidate }, cells, options);
        refuse(command, [], WITH_RUNS, "A comparison of stored runs");
        return compareRuns(base, candidate, cells, options);
      },
    );
}

/** What may be said again of a comparison that is gone on with: it changes nothing of what is measured. */
const WITH_RESUME: readonly string[] = ["resume", "output", "summary", "strict", "format", "json"];
/** What means something where nothing is measured. */
const WITH_RUNS: readonly string[] = ["model", "backend", "target", "output", "format", "json"];

/** @throws UsageError where the command line gives other options, or something else that is refused */
function refuse(command: Command, also: readonly string[], allowed: readonly string[], who: string): void {
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .filter((option) => !allowed.includes(option.attributeName()))
    .map(({ long }) => long);
  const refused = [...also, ...given];
  if (refused.length > 0) throw new UsageError(`${who} takes no ${refused.join(", ")}. Leave that out.`);
}
