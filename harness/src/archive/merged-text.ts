import type { Merged } from "@mobilenet-bench/results/store";

/** What a merge came to, a line for all and one for each file that was refused. */
export function mergedText({ added, known, refused }: Merged, into: string): string {
  const counts = [`${added.length} new`, `${known.length} there already`];
  if (refused.length > 0) counts.push(`${refused.length} refused`);
  return [`${into}: ${counts.join(", ")}.`, ...refused.map(({ reason }) => `! ${reason}`)].join("\n");
}
