import { z } from "zod";
import { manifestSchema } from "./manifest.ts";

/** What the converter and `tf.LayersModel.save` write as model.json, as far as it is of use here. */
export const modelJsonSchema = z.object({
  /** Of Keras, or a graph of TensorFlow: told apart by what is in it. */
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: manifestSchema,
  /** Of graph models: the tensors that go in and come out. */
  signature: z.unknown().optional(),
  userDefinedMetadata: z.unknown().optional(),
});
export type ModelJson = z.infer<typeof modelJsonSchema>;

/** What `writeTfjs` leaves in `userDefinedMetadata`, the place that the format has for such things. */
export const metadataSchema = z.object({
  mobilenetBench: z.object({ alpha: z.number().optional(), labels: z.array(z.string()).optional() }),
});
