import { fileURLToPath } from "node:url";
import type { PlannedCell } from "../plan/cell.ts";

/** What a check was asked for besides its cells. */
export interface CheckInputs {
  readonly seed: number;
  readonly image?: string;
  readonly weights?: string;
  readonly browserPath?: string;
  readonly browserArgs?: readonly string[];
  readonly headed?: boolean;
}

/** The command that checks exactly this cell on exactly this input again. */
export function reproduce(
  { id, from }: Pick<PlannedCell, "id"> & { readonly from?: PlannedCell["from"] },
  inputs: CheckInputs,
  platform: NodeJS.Platform = process.platform,
): string {
  const { seed, image, weights, browserPath, browserArgs, headed } = inputs;
  const quote = platform === "win32" ? quoteForWindows : quoteForPosix;
  const words = ["check", quote(id), "--seed", String(seed)];
  if (from?.module !== undefined) words.push("--backend", quote(fileURLToPath(from.module)));
  if (image !== undefined) words.push("--image", quote(image));
  if (weights !== undefined) words.push("--weights", quote(weights));
  if (browserPath !== undefined) words.push("--browser-path", quote(browserPath));
  // With a dash in front it would be taken for an option of ours.
  if (browserArgs && browserArgs.length > 0) words.push(quote(`--browser-args=${browserArgs.join(" ")}`));
  if (headed) words.push("--headed");
  return [platform === "win32" ? "node mnb" : "./mnb", ...words].join(" ");
}

const PLAIN = /^[\w./:=,@%+-]+$/;

/** Ids hold `?` and `&`, which shells would take for their own. */
function quoteForPosix(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function quoteForWindows(word: string): string {
  return PLAIN.test(word) || /^[\w./:\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}
