/** A mistake made through the public contract: around a backend, whatever its kernels are. */
export type Tampering = {
  /** The id of the backend that is tampered with; its package exports it under this name. */
  readonly backend: string;
  readonly layer: string;
} & (
  | { readonly of: "weights"; readonly change: "transposed" | "without bias" | "channels swapped" }
  | { readonly of: "geometry"; readonly change: "stride 1" | "window one row lower" }
  | { readonly of: Member; readonly change: OutputChange }
);

/** What a session computes. */
export type Member = "infer" | "inferLayer" | "layerOutputs";

/** A change of one output of a session. */
export type OutputChange =
  /** Of one value; `null` is NaN. */
  | { readonly index: number; readonly add: number | null }
  /** Of every value that no clamp has cut off, by a factor. */
  | { readonly scale: number }
  | "one value short"
  | "one value more"
  /** Nothing is there at all. */
  | "missing"
  /** Always what the very first call returned. */
  | "never new"
  /** The next call touches its last bits. */
  | "not the caller's own"
  /** Every second call differs in its last bits. */
  | "wavering";
