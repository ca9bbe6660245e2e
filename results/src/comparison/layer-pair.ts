import { z } from "zod";

const timesSchema = z
  .array(z.tuple([z.string(), z.array(z.number().nonnegative()).min(1)]))
  .describe("of each layer, or of layers that run as one (FIRST+SECOND), in order: milliseconds by round");

/** What the layers of two runners took that were alive together and timed in turns. */
export const layerPairSchema = z.object({
  pair: z.int().nonnegative(),
  base: timesSchema,
  candidate: timesSchema,
});
/** See {@link layerPairSchema}. */
export type LayerPair = z.infer<typeof layerPairSchema>;
