/** What JSON may hold as it is and a terminal would act on: DEL, C1 controls and invisible format characters. */
const UNSAFE = /[\u007F-\u009F]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON whose texts are the given ones to the letter, and which is safe to look at: escapes stand for what acts. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, nameNonFinite, 2).replaceAll(UNSAFE, escaped);
}

/** JSON has no numbers for NaN and the infinities: they are texts of that name. */
function nameNonFinite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");
}
