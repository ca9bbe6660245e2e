import { shortModelName } from "@mobilenet-bench/spec";
import { isCommit, percent, type Alert } from "@mobilenet-bench/results";
import { markdownText } from "@mobilenet-bench/results/harmless";
import { markdownTable } from "markdown-table";

/** What an issue says: Markdown, in which foreign text is harmless. */
export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/** By which an issue is known again: of one alert, and invisible where Markdown is shown. */
export function alertMarker({ kind, machine, cell, opened }: Alert): string {
  return `<!-- mobilenet-bench ${kind} ${machine} ${cell} ${opened.night} -->`;
}

/** Of a regression that pairs have confirmed, or of a cell that has no figure any more. */
export function issueText(alert: Alert): IssueText {
  const { kind, cell, machine, opened, base, candidate, ratio, words, causes } = alert;
  const name = shortModelName(cell);
  const title =
    kind === "slower"
      ? `Slower: ${name}${ratio === undefined ? "" : ` by ${percent(ratio - 1, 1)}`}`
      : `No figure any more: ${name}`;
  const commits = isCommit(base) && isCommit(candidate);
  const facts: (readonly [string, string])[] = [
    ["cell", cell],
    ["machine", machine],
    ["found in the night", opened.night],
    ["last in order", base ?? "unknown"],
    ["first that is not", candidate ?? "unknown"],
    ["changed meanwhile", causes.join(", ") || "nothing else that is known"],
  ];
  const found =
    kind === "slower"
      ? "Two independent jobs, each of pairs of processes that were alive together, say the same:"
      : "The night before it had a figure, and this night it has none:";
  const again =
    kind === "slower" && commits
      ? `mnb compare ${base} ${candidate} '${cell}'`
      : `mnb run '${cell}' # and mnb check '${cell}'`;
  const closes =
    kind === "slower"
      ? "This issue is closed by the night whose pairs say that the cell is no slower any more than the last commit that was in order."
      : "This issue is closed by the night in which the cell has a figure again.";
  return {
    title,
    body: [
      `${found} **${markdownText(words)}**`,
      markdownTable([["", ""], ...facts.map(([what, value]) => [what, markdownText(value)])]),
      `To see it again:\n\n\`\`\`sh\n${again}\n\`\`\``,
      closes,
      alertMarker(alert),
    ].join("\n\n"),
  };
}

/** What is said when it is closed. */
export function closingText({ closed, kind }: Alert): string {
  if (!closed) throw new Error("[harness] An open alert has no closing. This is a bug; please report it.");
  const what = kind === "slower" ? "Gone" : "Back";
  return `${what} in the night ${markdownText(closed.night)}: ${markdownText(closed.words)}`;
}
