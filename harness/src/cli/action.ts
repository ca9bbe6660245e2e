import { Command } from "commander";
import { doAction, planAction, pullRequestOf } from "../action/do-action.ts";
import { putComment } from "../github/comment.ts";
import { gitHubApi } from "../github/github-api.ts";
import { callMnb } from "../nightly/call-mnb.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { onInterrupt } from "./interrupt.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print, printJson } from "./output.ts";

const HELP = helpNotes(
  "It is what .github/actions/mobilenet-bench calls. Inputs are environment variables: MNB_INPUT_COMMAND (run, compare or check), MNB_INPUT_CELLS, and likewise _SUITE, _MODEL, _BACKEND, _TARGET, _THREADS, _PRECISION, _PROTOCOL, _WEIGHTS, _IMAGE, _BASE, _CANDIDATE, _COMMENT (true or false) and _OUTPUT.",
  "Outside such a job, give an input and see what it would call: MNB_INPUT_MODEL=0.25_128 mnb action --dry-run. The exit status is that of the command.",
);

export function actionCommand(): Command {
  return addFormats(new Command("action"))
    .description(
      "In a job of GitHub's: run, compare or check as its inputs say, with a summary and a comment.",
    )
    .option("--dry-run", "print the command that would be called and do nothing")
    .addHelpText("after", HELP)
    .action(async ({ json, dryRun }: FormatOptions & { readonly dryRun?: boolean }) => {
      if (dryRun) {
        const { words } = planAction(process.env);
        if (json) printJson({ words });
        else print(["mnb", ...words].join(" "));
        return;
      }
      const pullRequest = await pullRequestOf(process.env);
      const interrupt = new AbortController();
      const release = onInterrupt(() => interrupt.abort());
      try {
        const { status, output, report } = await doAction({
          env: process.env,
          call: callMnb,
          signal: interrupt.signal,
          say: note,
          ...(pullRequest !== undefined && {
            comment: (text: string) => putComment(gitHubApi(), { pullRequest, name: "action", text }),
          }),
        });
        if (json) printJson({ status, output, ...(report !== undefined && { report }) });
        else print(report ?? `Nothing was left to report on in ${output}.`);
        process.exitCode = status;
      } finally {
        release();
      }
    });
}
