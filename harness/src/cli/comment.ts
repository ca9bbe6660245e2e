import { Command, InvalidArgumentError } from "commander";
import { readText, TooLargeError } from "@mobilenet-bench/files";
import { putComment } from "../github/comment.ts";
import { gitHubApi } from "../github/github-api.ts";
import { UsageError } from "../usage-error.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { count } from "./options.ts";
import { print, printJson } from "./output.ts";
import { helpNotes } from "./help-notes.ts";

/** GitHub takes 65536 characters. */
const MAX_BYTES = 60_000;

interface CommentOptions extends FormatOptions {
  readonly pullRequest: number;
  readonly name: string;
}

export function commentCommand(): Command {
  return addFormats(new Command("comment"))
    .description("Put a file of Markdown at a pull request on GitHub, in place of the one put there before.")
    .argument("<file>", "such as mnb compare writes with --format markdown --output FILE")
    .requiredOption("--pull-request <number>", "where to", count)
    .option("--name <name>", "what tells comments of one pull request apart", commentName, "comparison")
    .addHelpText("after", helpNotes("GITHUB_TOKEN and GITHUB_REPOSITORY (owner/name) say who and where."))
    .action(async (file: string, { pullRequest, name, json }: CommentOptions) => {
      const text = await readText(file, MAX_BYTES).catch((cause: unknown) => {
        if (cause instanceof TooLargeError) throw new UsageError(cause.message, { cause });
        throw new UsageError(`${file} cannot be read. Check the path.`, { cause });
      });
      await putComment(gitHubApi(), { pullRequest, name, text: text.trim() });
      if (json) printJson({ pullRequest, name });
      else print(`Commented at ${pullRequest}.`);
    });
}

function commentName(text: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(text))
    throw new InvalidArgumentError("Give letters, digits, points and dashes.");
  return text;
}
