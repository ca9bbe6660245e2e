import { terminalLine } from "./terminal-text.ts";

/** Words, and numbers with a sign, with the punctuation of names and options: nothing that Markdown gives a meaning. */
const PLAIN = /^(?:[+–−±-]?\p{N}|× ?\p{L}|\p{L}|–$)[\p{L}\p{N} _.,:;%/()=?+×–−—’'"±-]*$/u;
/** What it gives one all the same: links, emphasis, emoji, lists. */
const MEANS_SOMETHING =
  /:\/\/|www\.|mailto:|xmpp:|:[\w+-]+:|\](?:\(|:)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^\d+[.)](?:\s|$)/iu;

/**
 * Foreign text for one line of Markdown, in tables too, that is shown as it is: no markup, HTML, links, images or
 * mentions. What is more than words stands as code, where Markdown and GitHub act on nothing; pipes, which would
 * end a table's cell even there, stand between as entities.
 */
export function markdownText(text: string): string {
  const line = terminalLine(text);
  if (line === "" || (PLAIN.test(line) && !MEANS_SOMETHING.test(line))) return line;
  return line
    .split("|")
    .map((part) => (part.trim() === "" ? part : markdownCode(part)))
    .join("&#124;");
}

/** As code, which ends at its own marks only. */
function markdownCode(text: string): string {
  const marks = fenceFor(text, 1);
  // One space at either end belongs to the marks.
  const room = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${marks}${room}${text}${room}${marks}`;
}

/** A run of backticks that is longer than any in the text. */
export function fenceFor(text: string, atLeast: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(Math.max(atLeast, longest + 1));
}
