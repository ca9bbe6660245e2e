import type { Inputs, Model, Weights } from "@mobilenet-bench/spec";

/** Where code runs: a Node process, or a page (or worker) of a browser. */
export type Platform = "node" | "browser";

/**
 * A way to compute a model. Listing backends is cheap: nothing heavy is imported before `prepare` or `load`.
 *
 * No silent fallback: a backend asked for a provider, a thread count or a precision either runs exactly
 * that or refuses with an {@link UnsupportedError}.
 *
 * @typeParam Given what `load` takes: any name and value here, checked when it loads; see {@link TypedBackend}
 */
export interface Backend<Given = Options, Specs extends OptionSpecs = OptionSpecs> {
  /** As in cell ids: `ts`, `wasm`, `ort-node`. */
  readonly id: string;
  /** One line for listings. */
  readonly summary: string;
  readonly platforms: readonly Platform[];
  /** The options it takes, by name; asking for any other is refused. */
  readonly options: Specs;
  /** Whether it can run here and now; cheap, never throws. */
  availability(): Promise<Availability>;
  /** Imports heavy libraries, so that this can be told from loading a model. `load` does it where it was not called. */
  prepare?(): Promise<void>;
  /**
   * A session that computes `model` with `weights` (which are not changed). Options left out take their defaults.
   * @throws UnsupportedError where exactly these options cannot be had here
   */
  load(model: Model, weights: Weights, options?: Given): Promise<Session>;
}

/**
 * A loaded model. Calls on one session follow one another; several sessions may be used in turn. The optional
 * members are abilities, found by their presence.
 *
 * Every call but `dispose` rejects with an {@link InputError} where its input does not fit the model, and with a
 * {@link SessionError} once the session is disposed.
 */
export interface Session {
  /** What really runs: stored beside every figure. */
  readonly actual: Actual;
  /**
   * One inference, from host memory to host memory.
   * @param input NHWC [1, resolution, resolution, 3], not changed
   * @returns logits [1, classes], an array of the caller's own: the session never touches it again
   */
  infer(input: Float32Array): Promise<Float32Array>;
  /** Like `infer` for [batch, resolution, resolution, 3] to [batch, classes]. */
  inferBatch?(input: Float32Array, batch: number): Promise<Float32Array>;
  /**
   * One layer alone, fed with as many inputs as it reads (NHWC, of the shapes of what it reads, in order); returns its
   * output after the activation. For every layer up to the classifier.
   */
  inferLayer?(name: string, ...inputs: Inputs<Float32Array>): Promise<Float32Array>;
  /** The output of every layer up to the classifier within one inference, by layer name, in order. */
  layerOutputs?(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>>;
  /** Milliseconds per layer (or per group of fused layers, named `FIRST+SECOND`) of one inference, in order. */
  timeLayers?(input: Float32Array): Promise<ReadonlyMap<string, number>>;
  /** What of its memory only it can tell, at the most so far; rejects with nothing but a {@link SessionError}. */
  memory?(): Promise<SessionMemory>;
  /** Frees everything: memory, threads, device objects. Disposing twice is allowed. */
  dispose(): Promise<void>;
}

/**
 * Bytes at the most so far. What a session does not use or its library does not tell is absent, and a session that can
 * tell neither has no {@link Session.memory}.
 */
export interface SessionMemory {
  /** Linear memory of WebAssembly. Where a library has one for all of its sessions, it is that one. */
  readonly wasmBytes?: number;
  /**
   * Buffers and textures that are allocated on the device at one time. Where a library has one pool for all of its
   * sessions, it is that pool, with what lies in it for later use.
   */
  readonly gpuBytes?: number;
}

export type Availability =
  | {
      readonly available: true;
      readonly detail?: string;
      /** Whether a processor plays the part of the GPU: right, and no measure of one. */
      readonly software?: boolean;
    }
  /** `reason` is a fact and `remedy` what a user can do: one sentence each. */
  | { readonly available: false; readonly reason: string; readonly remedy: string };

export type OptionValue = string | number;
export type Options = Readonly<Record<string, OptionValue>>;

/** An option: one of the listed values, or a whole number within a range. */
export interface OptionSpec {
  readonly description: string;
  readonly default: OptionValue;
  readonly values: readonly string[] | { readonly min: number; readonly max: number };
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A backend whose options are known to the compiler: names and values that it does not take are errors of types. */
export type TypedBackend<Specs extends OptionSpecs> = Backend<OptionsOf<Specs>, Specs>;

/** What options a backend may be given: those of its specs, each with a value that it takes, or none. */
export type OptionsOf<Specs extends OptionSpecs> = string extends keyof Specs
  ? Options
  : keyof Specs extends never
    ? Readonly<Record<string, never>>
    : { readonly [Name in keyof Specs]?: OptionValueOf<Specs[Name]> };

/** Every option with its value: given, or default. */
export type ResolvedOptions<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: OptionValueOf<Specs[Name]>;
};

type OptionValueOf<Spec extends OptionSpec> = Spec["values"] extends readonly (infer Value extends string)[]
  ? Value
  : Spec["values"] extends { readonly min: number }
    ? number
    : OptionValue;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What really ran. Beyond these: provider per node, SIMD level, kernel variants, adapter, library versions. */
export interface Actual {
  readonly [detail: string]: Json;
  readonly threads: number;
  /** Of activations and weights in memory, the storage: what the option `precision` asks for. */
  readonly precision: "fp64" | "fp32" | "fp16" | "int8";
  /** Of products and sums; left out where a library keeps it to itself. */
  readonly arithmetic?: "fp64" | "fp32" | "fp16";
  /**
   * Multiply–adds that one inference at batch 1 executes, where those are not the network's: more with padding, fewer
   * with algorithms that save some. Fractions of the machine's peak are of these.
   */
  readonly executedMultAdds?: number;
}
