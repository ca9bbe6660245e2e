/**
 * How wide letters of 12 px are, in pixels: those of DejaVu Sans, the widest of what `system-ui` stands for, since nothing measures
 * text where pages are built.
 */
const LETTERS = [
  [/[ijl.,:;'|! ]/, 4],
  [/[frt()/\-[\]"I–−°²]/, 5.7],
  [/[mwMW@%×…≤+=]/, 12],
  [/[A-Z]/, 8.6],
] as const;
const OTHER = 7.6;

/** About how wide a text is, in pixels; rather too wide. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width;
}

/** Known ones: every redraw asks for the same few letters thousands of times. */
const widths = new Map<string, number>();

function letterWidth(letter: string): number {
  const known = widths.get(letter);
  if (known !== undefined) return known;
  const width = LETTERS.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;
  widths.set(letter, width);
  return width;
}

/** A text that fits, its end cut off with an ellipsis where it must be. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let short = "";
  let left = width - letterWidth("…");
  for (const letter of text) {
    left -= letterWidth(letter);
    if (left < 0) break;
    short += letter;
  }
  return `${short}…`;
}
