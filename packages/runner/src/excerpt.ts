const CHARACTERS = 120;

/** What somebody sent, as far as it fits into a sentence: JSON, or what JavaScript calls it where that cannot tell. */
export function excerptOf(message: unknown): string {
  const text = jsonOf(message) ?? Object.prototype.toString.call(message);
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text;
}

function jsonOf(message: unknown): string | undefined {
  try {
    return JSON.stringify(message);
  } catch {
    return undefined; // A circle, or a number that JSON has not.
  }
}
