import { terminalText } from "./terminal-text.ts";

/** Two code points that are no characters: XML 1.0 cannot hold them, nor controls and lone surrogates. */
const NO_CHARACTERS = /[\uFFFE\uFFFF]/g;

/** Foreign text for XML: who writes the document escapes markup, this leaves nothing that no document may hold. */
export function xmlText(text: string): string {
  return terminalText(text).replaceAll(NO_CHARACTERS, "\u{FFFD}");
}
