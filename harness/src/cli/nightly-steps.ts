import { appendFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { sourceCommit } from "../environment/commit.ts";
import { machineId } from "../environment/environment.ts";
import { historyCacheFolder, nightsFolder, projectFolder } from "../folders.ts";
import { gitHubApi } from "../github/github-api.ts";
import { gitHubIssues } from "../github/github-issues.ts";
import { callMnb } from "../nightly/call-mnb.ts";
import { confirmNight } from "../nightly/confirm-night.ts";
import { fetchData, publishData, type DataBranch } from "../nightly/data-branch.ts";
import { DataFolder } from "../nightly/data-folder.ts";
import { issuesInFolder } from "../nightly/issues.ts";
import { nightFacts } from "../nightly/night-facts.ts";
import { nightMarkdown, nightText } from "../nightly/night-words.ts";
import { reportNight } from "../nightly/report-night.ts";
import { nightFolders } from "../nightly/steps.ts";
import { UsageError } from "../usage-error.ts";
import { EXIT } from "./exit.ts";
import { onInterrupt } from "./interrupt.ts";
import { note, print, printJson } from "./output.ts";

/** What the steps of a night take of its command line. */
export interface StepOptions {
  readonly night?: string;
  readonly data?: string;
  readonly remote?: string;
  readonly branch: string;
  readonly runs?: string;
  readonly output?: string;
  readonly issues: "folder" | "github";
}

/** With all that has a default. */
export interface FilledOptions extends StepOptions {
  readonly night: string;
  readonly data: string;
}

/** The steps that are no commands of their own. */
export const NIGHTLY_STEPS = { fetch: bring, confirm, report, publish } as const satisfies Record<
  string,
  (options: FilledOptions, json: boolean) => Promise<void>
>;
/** As it is called. */
export type NightlyStep = keyof typeof NIGHTLY_STEPS;

async function bring(options: FilledOptions, json: boolean): Promise<void> {
  const branch = branchOf(options);
  await fetchData(branch);
  if (json) printJson(branch);
  else print(`${branch.folder}: as ${branch.branch} of ${branch.remote}.`);
}

async function publish(options: FilledOptions, json: boolean): Promise<void> {
  const branch = branchOf(options);
  const { commit, files } = await publishData(branch, `Night ${options.night}`);
  if (json) printJson({ ...branch, commit, files });
  else if (commit === null) print(`${branch.branch} of ${branch.remote} has all of it already.`);
  else print(`${branch.branch} of ${branch.remote}: ${files} files, commit ${commit.slice(0, 12)}.`);
}

async function confirm(options: FilledOptions, json: boolean): Promise<void> {
  const output = resolve(options.output ?? foldersOf(options).comparison);
  const facts = await factsOf(options);
  const { commit, dirty } = await sourceCommit(projectFolder());
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  try {
    const { asked, failed, interrupted } = await confirmNight({
      facts,
      machine: await machineId(),
      head: dirty ? null : commit,
      output,
      call: callMnb,
      signal: interrupt.signal,
      say: note,
    });
    const cells = asked.reduce((sum, pairs) => sum + pairs.cells.length, 0);
    if (json) printJson({ asked, failed, interrupted });
    else print(`${facts.nominees.length} cells nominated; ${cells} compared in pairs on this machine.`);
    for (const { pairs, status } of failed)
      note(`! ${pairs.base} and ${pairs.candidate} could not be compared (exit status ${status}).`);
    if (interrupted) process.exitCode = EXIT.interrupted;
    else if (failed.length > 0) process.exitCode = EXIT.wrong;
  } finally {
    release();
  }
}

async function report(options: FilledOptions, json: boolean): Promise<void> {
  const facts = await factsOf(options);
  const reported = await reportNight(facts, {
    data: dataOf(options),
    issues:
      options.issues === "github"
        ? gitHubIssues(gitHubApi())
        : issuesInFolder(resolve(options.output ?? foldersOf(options).issues)),
  });
  if (json) printJson(reported);
  else print(nightText(reported));
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined) await appendFile(summary, `${nightMarkdown(reported)}\n`);
  if (reported.opened.length + reported.open.length > 0) process.exitCode = EXIT.wrong;
}

function factsOf(options: FilledOptions) {
  const { night, runs } = options;
  return nightFacts(
    {
      data: dataOf(options),
      runs: resolve(runs ?? foldersOf(options).runs),
      cache: historyCacheFolder(),
      onTrouble: ({ message }) => note(message),
    },
    { id: night, at: new Date() },
  );
}

function dataOf({ data }: FilledOptions): DataFolder {
  return new DataFolder(data, ({ message }) => note(message));
}

function foldersOf({ night }: FilledOptions) {
  return nightFolders(join(nightsFolder(), night));
}

function branchOf({ data, remote, branch }: FilledOptions): DataBranch {
  if (remote === undefined) throw new UsageError("Say where nights are published: --remote URL, or origin.");
  return { folder: data, remote, branch };
}
