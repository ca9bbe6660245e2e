import { significant } from "@mobilenet-bench/results";

/** As ratios are printed where a hundredth matters. */
export function ratioText(ratio: number): string {
  return significant(ratio, ratio < 1 ? 3 : 4);
}
