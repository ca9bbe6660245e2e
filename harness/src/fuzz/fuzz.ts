import * as fc from "fast-check";
import type { OptionSpec, Options } from "@mobilenet-bench/backend";
import { formatModelName } from "@mobilenet-bench/spec";
import { answerIn, factsOf } from "../ask/known.ts";
import type { NamedBackend } from "../registry/named-backend.ts";
import { moduleOf, purposeOf } from "../run/purpose.ts";
import { failureOfReply, toFailure } from "../target/failure.ts";
import { whyUnavailable } from "../run/why-unavailable.ts";
import type { Runner, Target } from "../target/target.ts";
import { fuzzedModels, type FuzzedModel } from "./models.ts";

/** A backend on a target. */
export interface Subject {
  readonly from: NamedBackend;
  readonly on: Target;
}

/** How far to search, from where, and who is told. */
export interface FuzzOptions {
  readonly models: number;
  readonly seed: number;
  /** Of a counterexample that an earlier search reported: that case alone is checked. */
  readonly path?: string;
  readonly signal: AbortSignal;
  /** Called after each model, those tried while shrinking included. */
  readonly onModel: () => void;
}

/** The smallest failing case that was found. */
interface Counterexample extends FuzzedModel {
  readonly options: Options;
  readonly reason: string;
  /** Of fast-check: with the seed it leads straight back to this case. */
  readonly path: string;
}

/** What came of the search on one backend and target. */
export interface Fuzzed {
  readonly backend: string;
  readonly target: string;
  readonly status: "ok" | "mismatch" | "unsupported" | "interrupted";
  /** Cases that were checked, and those that the backend refused to run here. */
  readonly checked: number;
  readonly refused: number;
  /** Largest error of a logit or layer as a fraction of its bound. */
  readonly worstFraction: number;
  readonly reason?: string;
  readonly counterexample?: Counterexample;
}

/** The float64 reference of one small network takes a fraction of a second. */
const DEADLINE_MS = 2 * 60_000;
/** More threads than this find nothing that fewer do not. */
const MOST_THREADS = 3;

/**
 * Checks one backend on networks from all over the spec's space, logits and layers, each in every option that the
 * backend has. One process serves them all, so that what one session leaves behind is found by another.
 */
export async function fuzz({ from, on }: Subject, options: FuzzOptions): Promise<Fuzzed> {
  const tally = { checked: 0, refused: 0, worstFraction: 0 };
  const { id } = from;
  const outcome = { backend: id, target: on.id };
  const unavailable = await whyUnavailable({ from, on }, { signal: options.signal });
  const facts = answerIn(await factsOf([from], options.signal), id);
  if (options.signal.aborted) return { ...outcome, ...tally, status: "interrupted" };
  if (unavailable)
    return {
      ...outcome,
      ...tally,
      // What cannot even be asked is no backend that refuses.
      status: unavailable.status === "unsupported" ? "unsupported" : "mismatch",
      reason: `${unavailable.reason} ${unavailable.remedy ?? ""}`.trimEnd(),
    };
  let runner: Runner | undefined;
  const check = async (model: FuzzedModel, chosen: Options) => {
    if (options.signal.aborted) return;
    const { config, seed, batch } = model;
    const name = formatModelName(config);
    const purpose = purposeOf(`${name}/${id}/${on.id}`, from);
    runner ??= await on.open(purpose, options.signal);
    const request = {
      backend: id,
      ...moduleOf(from),
      options: chosen,
      model: { name, classes: config.classes },
      source: { seed },
      batch,
    };
    const reply = await runner.request("check", request, DEADLINE_MS).catch((error: unknown) => {
      runner = undefined;
      throw options.signal.aborted
        ? new fc.PreconditionFailure(true)
        : new Error(toFailure(error).reason, { cause: error });
    });
    options.onModel();
    if (!reply.ok) {
      const { status, reason } = failureOfReply(reply.failure);
      if (status !== "unsupported") throw new Error(reason);
      tally.refused++;
      return;
    }
    const { logits, layers } = reply.value;
    tally.checked++;
    const wrong =
      layers.first?.reason ?? (logits.ok ? undefined : (logits.reason ?? "The logits are wrong."));
    if (wrong !== undefined) throw new Error(wrong);
    for (const { worstFraction } of [logits, ...layers.comparisons])
      tally.worstFraction = Math.max(tally.worstFraction, worstFraction);
  };
  const kill = () => void runner?.kill();
  options.signal.addEventListener("abort", kill, { once: true });
  try {
    const property = fc.asyncProperty(fuzzedModels, optionsOf(facts.ok ? facts.value.options : {}), check);
    const result = await fc.check(property, {
      numRuns: options.models,
      seed: options.seed,
      markInterruptAsFailure: false,
      ...(options.path !== undefined && { path: options.path }),
    });
    if (options.signal.aborted) return { ...outcome, ...tally, status: "interrupted" };
    if (!result.failed || !result.counterexample) {
      if (tally.checked > 0) return { ...outcome, ...tally, status: "ok" };
      return { ...outcome, ...tally, status: "unsupported", reason: "It refused every model and option." };
    }
    const [model, chosen] = result.counterexample;
    const reason = result.errorInstance instanceof Error ? result.errorInstance.message : "It fails.";
    const path = result.counterexamplePath ?? "";
    return {
      ...outcome,
      ...tally,
      status: "mismatch",
      reason,
      counterexample: { ...model, options: chosen, reason, path },
    };
  } finally {
    options.signal.removeEventListener("abort", kill);
    await runner?.kill();
  }
}

/** Any combination of a backend's options in float32; shrinks to the defaults. */
function optionsOf(specs: Readonly<Record<string, OptionSpec>>): fc.Arbitrary<Options> {
  const arbitraries = Object.entries(specs)
    .filter(([name]) => name !== "precision")
    .map(([name, { values, default: usual }]) => {
      const others =
        "min" in values
          ? fc.integer({ min: values.min, max: Math.min(values.max, MOST_THREADS) })
          : fc.constantFrom(...values);
      return [name, fc.oneof(fc.constant(usual), others)] as const;
    });
  return fc.record(Object.fromEntries(arbitraries));
}
