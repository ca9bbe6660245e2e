/** As wide as a digit, and as a point, where digits are of one width. */
const FIGURE_SPACE = "\u2007";
const POINT_SPACE = "\u2008";

/**
 * Numbers of one column, filled up behind so that their points stand beneath each other where the column is aligned at its end:
 * `11.7 `, `1.72`, `758  `; of intervals those of the higher ends. Whole ones (ranks) and what is no number, as a dash or nothing,
 * stay as they are where no number of the column has a point.
 */
export function alignedOnPoint(texts: readonly string[]): string[] {
  const most = Math.max(0, ...texts.map((text) => decimalsOf(text) ?? 0));
  return texts.map((text) => {
    const decimals = decimalsOf(text);
    if (decimals === undefined || decimals === most) return text;
    const point = decimals === 0 ? POINT_SPACE : "";
    return text + point + FIGURE_SPACE.repeat(most - decimals);
  });
}

/** A number, or two with an en dash between them. */
const NUMBER = /^(?:[-−+]?\d+(?:\.\d+)?–)?[-−+]?\d+(?:\.(\d+))?$/;

/** Whether a text is a figure: a number, an interval, a share in per cent, or the dash or nothing that stands for none. */
export function isFigure(text: string): boolean {
  return text === "" || text === "–" || NUMBER.test(text.replace(/ %$/, ""));
}

function decimalsOf(text: string): number | undefined {
  const [number, decimals = ""] = NUMBER.exec(text) ?? [];
  return number === undefined ? undefined : decimals.length;
}
