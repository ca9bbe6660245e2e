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
