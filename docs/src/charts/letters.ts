/** Of a letter of 12 px in system fonts, on average; rather too wide, since nothing measures text where pages are built. */
const LETTER = 6.6;

/** About how wide a text is, in pixels. */
export function widthOf(text: string): number {
  return text.length * LETTER;
}

/** A text that fits, its end cut off with an ellipsis where it must be. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = Math.floor(width / LETTER) - 1;
  return letters < 1 ? "…" : `${text.slice(0, letters)}…`;
}
