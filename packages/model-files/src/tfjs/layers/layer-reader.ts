import type { z } from "zod";
import type { Operation } from "../../graph/source-graph.ts";
import { quote } from "../../quote.ts";
import { checked } from "../json.ts";
import type { LayerWeights } from "./layer-weights.ts";
import type { KerasLayer } from "./topology.ts";

/** What a layer computes, step by step. */
export type LayerReader = (layer: KerasLayer, weights: LayerWeights) => readonly Operation[];

/** The layer's configuration. @throws ModelFileError */
export function configOf<T>(layer: KerasLayer, schema: z.ZodType<T>): T {
  return checked(layer.config, `the layer ${quote(layer.name)}`, schema);
}

/** What no MobileNet has, in the words of a message. */
export const other = (what: string): readonly Operation[] => [{ type: "other", what }];
