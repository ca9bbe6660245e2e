import { z } from "zod";

/** One of the parts that a list of cells was divided into, for as many machines. */
export const shardSchema = z
  .object({ number: z.int().positive(), of: z.int().positive() })
  .refine(({ number, of }) => number <= of, { error: "there is no such shard" })
  .describe("which part of the cells this run measured: all cells of a model are in one");
/** Its number from 1, and how many there are. */
export type Shard = z.infer<typeof shardSchema>;

/** Why a cell was measured in fewer sets than the protocol has. */
export const fewSetsSchema = z
  .object({ sets: z.int().positive(), reason: z.string() })
  .describe("measured in so many sets only: for the history of its figures, and for no comparison in pairs");
/** How many sets, and why no more. */
export type FewSets = z.infer<typeof fewSetsSchema>;

/** As command lines have it: `2/5`. */
export function formatShard({ number, of }: Shard): string {
  return `${number}/${of}`;
}

/** @returns undefined where the text is no shard, as `0/5`, `6/5` or `2` */
export function parseShard(text: string): Shard | undefined {
  const [, number, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const { success, data } = shardSchema.safeParse({ number: Number(number), of: Number(of) });
  return success ? data : undefined;
}
