import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readModelFile } from "@mobilenet-bench/model-files";
import { writeTfjs } from "@mobilenet-bench/model-files/tfjs";
import type { Model, Weights } from "@mobilenet-bench/spec";
import { inFolder } from "./models.ts";

/** A model.json, as loose as tests that bend it need it. */
export interface ModelJson {
  modelTopology: Record<string, unknown>;
  weightsManifest: { paths: string[]; weights: StoredWeight[] }[];
  [key: string]: unknown;
}
export interface StoredWeight {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { dtype: string; scale?: number; min?: number };
}
export interface KerasLayer {
  class_name: string;
  config: Record<string, unknown>;
  name?: string;
  inbound_nodes?: unknown;
}

/** What {@link writeTfjs} writes, taken apart: one group of weights, in one piece. */
export function written(model: Model, weights: Weights) {
  const files = [...writeTfjs({ model, weights })];
  const bytes = Buffer.concat(files.slice(0, -1).map(([, shard]) => shard));
  const json: ModelJson = JSON.parse(Buffer.from(files.at(-1)![1]).toString());
  const topology: { model_config: { config: { layers: KerasLayer[] } } } = JSON.parse(
    JSON.stringify(json.modelTopology),
  );
  const { layers } = topology.model_config.config;
  return { json, bytes, layers, manifest: json.weightsManifest[0]!.weights };
}

/** Reads a model.json, or whatever is given for it, with one shard beside it. */
export function readTogether(json: object | string | Uint8Array, shard: Uint8Array, name = "weights.bin") {
  return inFolder(async (folder) => {
    const isRaw = typeof json === "string" || json instanceof Uint8Array;
    await writeFile(path.join(folder, "model.json"), isRaw ? json : JSON.stringify(json));
    await writeFile(path.join(folder, name), shard);
    return readModelFile(path.join(folder, "model.json"));
  });
}

/** A model.json of these layers, whose weights lie in weights.bin. */
export function modelJson(modelTopology: Record<string, unknown>, weights: StoredWeight[]): ModelJson {
  return { modelTopology, weightsManifest: [{ paths: ["weights.bin"], weights }] };
}
