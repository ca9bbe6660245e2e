/** Colours by the name of their token, such as `family-ours`. */
export type Colours = ReadonlyMap<string, string>;

/** The colours of both schemes. */
export interface Tokens {
  readonly light: Colours;
  readonly dark: Colours;
}

const DECLARATION = /--([\w-]+):\s*(#[0-9a-f]{6})\s*;/gi;
const DARK = "@media screen and (prefers-color-scheme: dark)";

/**
 * The colours that the text of `tokens.css` declares.
 * @throws Error where a scheme is missing, or the two do not declare the same colours
 */
export function parseTokens(css: string): Tokens {
  const [before = "", after] = css.split(DARK);
  const light = coloursIn(before);
  const dark = coloursIn(after ?? "");
  const missing = [...light.keys()].filter((name) => !dark.has(name));
  if (light.size === 0 || light.size !== dark.size || missing.length > 0)
    throw new Error(
      `[docs] The light and the dark scheme have not the same colours (${missing.join(", ") || "none in one"}). Declare each in both.`,
    );
  return { light, dark };
}

function coloursIn(css: string): Colours {
  return new Map(
    Array.from(css.matchAll(DECLARATION), ([, name = "", colour = ""]) => [name, colour] as const),
  );
}

const REFERENCE = /^var\(--([\w-]+)\)$/;

/**
 * Puts colours themselves in the place of tokens, throughout a drawing: for files that stand by themselves, where no style
 * sheet is.
 * @throws Error where the drawing names a token that there is not
 */
export function resolveColours(drawing: Element, colours: Colours): void {
  for (const element of [drawing, ...drawing.querySelectorAll("*")])
    for (const { name, value } of Array.from(element.attributes)) {
      const token = REFERENCE.exec(value)?.[1];
      if (token === undefined) continue;
      const colour = colours.get(token);
      if (colour === undefined)
        throw new Error(`[docs] There is no colour --${token}. Declare it in tokens.css.`);
      element.setAttribute(name, colour);
    }
}
