import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writeWhole } from "@mobilenet-bench/files";
import { comparisonSchema } from "@mobilenet-bench/results";
import { readRun, readValidated } from "@mobilenet-bench/results/store";
import { z } from "zod";
import { renderLiveMarkdown } from "../compare/live-markdown.ts";
import type { CallMnb } from "../nightly/call-mnb.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { reportOf } from "../report/report.ts";
import { actionWords, readInputs, requireJob, type ActionInputs } from "./action-inputs.ts";

/** What surrounds the action. */
export interface ActionRoom {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly call: CallMnb;
  readonly signal: AbortSignal;
  /** Puts a text at the pull request of the job; absent where it has none. */
  readonly comment?: (text: string) => Promise<void>;
  readonly say: (line: string) => void;
}

/** What the action came to. */
export interface ActionOutcome {
  /** Of the command: that of the step. */
  readonly status: number;
  /** With the run file or the comparison, and the report as Markdown. */
  readonly output: string;
  /** Absent where the command left nothing to report on. */
  readonly report?: string;
}

const OUTPUT = "mobilenet-bench";
const COMPARISON = "comparison.json";
const REPORT = "report.md";

/** What an action is about to do. */
export interface PlannedAction {
  readonly inputs: ActionInputs;
  /** The folder, as a whole path. */
  readonly output: string;
  /** Of the command that is called. */
  readonly words: readonly string[];
}

/**
 * What {@link doAction} would do; nothing is done.
 * @throws UsageError where inputs are missing, wrong, or mean nothing to the command
 */
export function planAction(env: ActionRoom["env"]): PlannedAction {
  requireJob(env);
  const inputs = readInputs(env);
  const output = resolve(inputs.output === "" ? OUTPUT : inputs.output);
  return { inputs, output, words: actionWords(inputs, { output, comparison: join(output, COMPARISON) }) };
}

/** Does what the inputs of a job ask for; the report goes to the step summary, and to the pull request where that is wanted. */
export async function doAction({ env, call, signal, comment, say }: ActionRoom): Promise<ActionOutcome> {
  const { inputs, output, words } = planAction(env);
  await mkdir(output, { recursive: true });
  const before = new Set(await readdir(output));
  const status = await call(words, signal);
  const report = await reportIn(
    output,
    (await readdir(output)).filter((name) => !before.has(name)),
  );
  await tell(env["GITHUB_OUTPUT"], `folder=${output}\n`);
  if (report === undefined) return { status, output };
  await writeWhole(join(output, REPORT), `${report}\n`);
  // A comparison writes the summary itself.
  if (inputs.command === "run") await tell(env["GITHUB_STEP_SUMMARY"], `${report}\n`);
  if (inputs.comment === "true") {
    if (comment) await comment(report);
    else say("There is no pull request to comment at. The report is in the step summary.");
  }
  return { status, output, report };
}

/** Of what the command has just left. */
async function reportIn(output: string, names: readonly string[]): Promise<string | undefined> {
  if (names.includes(COMPARISON))
    return renderLiveMarkdown(await readValidated(join(output, COMPARISON), comparisonSchema));
  const run = names.find((name) => name.endsWith(".json"));
  return run === undefined ? undefined : renderMarkdown(reportOf(await readRun(join(output, run))));
}

async function tell(file: string | undefined, text: string): Promise<void> {
  if (file !== undefined && file !== "") await appendFile(file, text);
}

/** The number of the pull request that a job is about, from the file of its event; undefined where it is about none. */
export async function pullRequestOf(env: ActionRoom["env"]): Promise<number | undefined> {
  const path = env["GITHUB_EVENT_PATH"];
  if (path === undefined || path === "") return undefined;
  const { data } = eventSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
  return data?.pull_request?.number;
}

const eventSchema = z.object({ pull_request: z.object({ number: z.int().positive() }).optional() });
