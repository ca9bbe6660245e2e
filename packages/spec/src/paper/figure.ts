import type { Layer, LayerType } from "../graph/index.ts";
import type { ModelConfig } from "../networks/index.ts";

/** What a printed figure counts. Mult-adds and params are in millions, shares and accuracies in per cent. */
export type PaperQuantity =
  | "layer"
  | "mult-adds"
  | "params"
  | "share of mult-adds"
  | "share of params"
  | "ImageNet top-1"
  | "Stanford Dogs top-1";

/** What the project can set beside a printed row. */
export type PaperSubject =
  /** One layer of a model, by its place in the model's list. */
  | { readonly kind: "layer"; readonly config: ModelConfig; readonly index: number }
  /** One or more layers that belong to no model. */
  | { readonly kind: "layers"; readonly layers: readonly Layer[] }
  /** A whole model. */
  | { readonly kind: "model"; readonly config: ModelConfig }
  /** A layer type's part of a whole model. */
  | { readonly kind: "share"; readonly config: ModelConfig; readonly type: LayerType }
  /** A network outside the family, which the paper quotes for comparison. */
  | { readonly kind: "other" };

/** One row of a table of the paper, as printed. */
export interface PaperRow {
  /** The table's number in arXiv 1704.04861. */
  readonly table: number;
  /** The row's own heading. */
  readonly row: string;
  readonly subject: PaperSubject;
  /** Kept as text, so that the printed precision is kept. */
  readonly printed: Readonly<Partial<Record<PaperQuantity, string>>>;
}
