import { checkLogits, type Expected, type LogitsCheck } from "@mobilenet-bench/backend";
import { moduleOf, purposeOf } from "../run/purpose.ts";
import type { PlannedCell } from "../plan/cell.ts";
import { failureOfReply, toFailure, type Failure } from "../target/failure.ts";
import { whyUnavailable } from "../run/why-unavailable.ts";
import { type InputSource, namedModel, RunnerDied } from "@mobilenet-bench/runner";
import { type Runner } from "../target/target.ts";

/** The logits of one cell for a list of inputs, each checked against the reference. */
export type Inferred = { readonly cell: PlannedCell } & (
  | {
      readonly status: "ok";
      readonly logits: readonly Float32Array[];
      readonly checks: readonly LogitsCheck[];
    }
  | Failure
);

/** Inputs per request: few enough that progress shows, enough that messages cost nothing. */
const BATCH = 16;
const DEADLINE_MS = 10 * 60_000;

/** What a cell is to infer, and what it must answer. */
export interface InferOptions {
  /** Where the weights come from. */
  readonly source: InputSource;
  readonly inputs: readonly Float32Array[];
  /** The reference's logits of each input, in the cell's precision. */
  readonly expected: readonly Expected[];
  /** Called with the number of inputs that are done. */
  readonly onDone: (inputs: number) => void;
}

/** Infers each input in one process. No answer without a check: one wrong logit makes the cell a mismatch. */
export async function inferCell(cell: PlannedCell, options: InferOptions): Promise<Inferred> {
  const { source, inputs, expected, onDone } = options;
  const unavailable = await whyUnavailable(cell);
  if (unavailable) return { cell, ...unavailable };
  let runner: Runner | undefined;
  try {
    const { backend, from, on, options, network } = cell;
    const model = namedModel(network);
    runner = await on.open(purposeOf(cell.id, from));
    const opened = await runner.request(
      "open",
      { backend, ...moduleOf(from), options, model, source },
      DEADLINE_MS,
    );
    if (!opened.ok) return { cell, ...failureOfReply(opened.failure) };
    const logits: Float32Array[] = [];
    for (let first = 0; first < inputs.length; first += BATCH) {
      const batch = inputs.slice(first, first + BATCH);
      const reply = await runner.request("infer", { inputs: batch }, DEADLINE_MS);
      if (!reply.ok) return { cell, ...failureOfReply(reply.failure) };
      if (reply.value.logits.length !== batch.length)
        throw new RunnerDied("crash", `${batch.length} inputs gave ${reply.value.logits.length} outputs.`);
      logits.push(...reply.value.logits);
      onDone(batch.length);
    }
    const checks = logits.map((values, index) => checkLogits(values, expectedAt(expected, index)));
    const wrong = checks.findIndex(({ ok }) => !ok);
    if (wrong < 0) return { cell, status: "ok", logits, checks };
    const reason = `Picture ${wrong + 1}: ${checks[wrong]?.reason ?? "the logits are wrong."}`;
    return { cell, status: "mismatch", reason, remedy: `Run mnb check ${cell.id} with the same weights.` };
  } catch (error) {
    return { cell, ...toFailure(error) };
  } finally {
    await runner?.kill();
  }
}

function expectedAt(expected: readonly Expected[], index: number): Expected {
  const found = expected[index];
  if (!found) throw new Error(`[harness] input ${index} has no reference. This is a bug; please report it.`);
  return found;
}
