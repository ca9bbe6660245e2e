import type { Merged } from "@mobilenet-bench/results/store";

/** What a merge came to, a line for all and one for each file that was refused or passed over. */
export function mergedText({ added, known, refused, passed }: Merged, into: string): string {
  const counts = [`${added.length} new`, `${known.length} there already`];
  if (refused.length > 0) counts.push(`${refused.length} refused`);
  if (passed.length > 0) counts.push(`${passed.length} passed over`);
  return [
    `${into}: ${counts.join(", ")}.`,
    ...refused.map(({ reason }) => `! ${reason}`),
    ...passed.map(({ path }) => `${path} is none of ours, and was passed over.`),
  ].join("\n");
}
