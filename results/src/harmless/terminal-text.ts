import stripAnsi from "strip-ansi";

/**
 * What a terminal would act on, or show as something else, in place of showing it: controls (C0, C1, DEL), line and
 * paragraph separators, and invisible format characters such as those that turn the direction of reading. Joiners
 * stay: emoji and some scripts are written with them.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu;
/** One parameter each, as picocolors writes them; in a group, so that splitting keeps it. */
// oxlint-disable-next-line no-control-regex
const COLOR = /(\u001B\[\d{1,2}m)/;
const REPLACEMENT = "\u{FFFD}";

/** Foreign text for one line of a terminal: no escape sequences, no line breaks, nothing that acts. */
export function terminalLine(text: string): string {
  return visible(stripAnsi(text).replaceAll(/\s+/g, " ").trim());
}

/** Foreign text of several lines for a terminal, which keep their indentation. */
export function terminalText(text: string): string {
  return stripAnsi(text)
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll("\t", "  ")))
    .join("\n");
}

/** A whole result, once more: of the escape sequences only colours stay, which are this program's own. */
export function terminalResult(text: string): string {
  return text
    .split(COLOR)
    .map((part, index) => (index % 2 === 0 ? terminalText(part) : part))
    .join("");
}

function visible(text: string): string {
  return text.toWellFormed().replaceAll(UNSAFE, REPLACEMENT);
}
