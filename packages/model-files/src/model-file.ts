import type { Model, Weights } from "@mobilenet-bench/spec";

/** What a model file holds: a network of the family with its weights. */
export interface ModelFile {
  readonly model: Model;
  /** Batch norm unfolded; where the file has it folded, one that folds to the file's exact bits. */
  readonly weights: Weights;
  /** One per class. */
  readonly labels?: readonly string[];
  /** What a user should know of how the file was understood: a sentence each. */
  readonly notes: readonly string[];
  /** Such as "ONNX" or "TensorFlow.js layers model". */
  readonly format: string;
}

/** Where a model file was read from. */
export interface Origin {
  /** Of the file or folder, without the way to it. */
  readonly name: string;
  /** Of its bytes, in hexadecimal; where there are several files, of all in the order of reading. */
  readonly sha256: string;
}

/** What is written: where a format keeps them, with the name and hash of the file that the model was read from. */
export type WritableModel = Pick<ModelFile, "model" | "weights" | "labels"> & Partial<Origin>;
