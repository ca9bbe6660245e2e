/** Of a letter of 12 px in system fonts, on average; rather too wide, since nothing measures text where pages are built. */
const LETTER = 6.6;

/** About how wide a text is, in pixels. */
export function widthOf(text: string): number {
  return text.length * LETTER;
}

/** A text that fits, its end cut off with an ellipsis where it must be. */
export function shortened(text: string, width: number): string {
  const letters = Math.max(1, Math.floor(width / LETTER));
  return text.length <= letters ? text : `${text.slice(0, Math.max(0, letters - 1))}…`;
}
