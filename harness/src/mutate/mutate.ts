import { createControls, type Control } from "./controls.ts";
import type { BackendFault, CheckFault, Injection } from "./fault.ts";
import { isCheckFault } from "./faults/faults.ts";
import { differences, judgeBackend, type Outcome } from "./judge.ts";
import { whyInapplicable } from "./plant.ts";
import { readOutputs, runCheck, type Checked } from "./run-check.ts";

/** A fault, and what became of it. */
export interface Result {
  readonly fault: BackendFault | CheckFault;
  readonly outcome: Outcome;
  /** In short: the layer that was named, or in what a control came out otherwise. */
  readonly found: string;
  /** A sentence, where the fault was not caught. */
  readonly reason?: string;
}

export interface MutateOptions {
  readonly faults: readonly (BackendFault | CheckFault)[];
  /** How many checks run at a time. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly onResult: (result: Result) => void;
}

/** Plants one fault after the other; those that are finished where the signal ends it, in the order of the list. */
export async function mutate({ faults, jobs, signal, onResult }: MutateOptions): Promise<Result[]> {
  const attempt = attempts(faults, signal);
  const results: (Result | undefined)[] = [];
  const queue = [...faults.entries()];
  const work = async () => {
    for (let next = queue.shift(); next && !signal.aborted; next = queue.shift()) {
      const [index, fault] = next;
      const result = await attempt(fault);
      // Its processes were ended in the middle of it.
      if (signal.aborted) return;
      results[index] = result;
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results.filter((result) => result !== undefined);
}

function attempts(faults: readonly (BackendFault | CheckFault)[], signal: AbortSignal) {
  const controls = new Map(faults.some(isCheckFault) ? createControls().map((one) => [one.id, one]) : []);
  /** Checks without a fault, each made once. */
  const sound = new Map<string, Promise<Checked>>();
  const checkSound = (cell: string, injection: Injection) => {
    const key = JSON.stringify([cell, injection]);
    const known = sound.get(key) ?? runCheck(cell, injection, signal);
    sound.set(key, known);
    return known;
  };
  return async (fault: BackendFault | CheckFault): Promise<Result> => {
    const given = isCheckFault(fault) ? [] : (fault.given ?? []);
    const why = [...given, ...(fault.edits ?? [])]
      .map(whyInapplicable)
      .find((reason) => reason !== undefined);
    if (why !== undefined) {
      const reason = `It no longer applies: ${why}. Renew it in harness/src/mutate/faults.`;
      return { fault, outcome: "stale", found: "stale", reason };
    }
    return isCheckFault(fault)
      ? attemptCheck(fault, controls, checkSound, signal)
      : attemptBackend(fault, checkSound, signal);
  };
}

type CheckSound = (cell: string, injection: Injection) => Promise<Checked>;

async function attemptBackend(
  fault: BackendFault,
  checkSound: CheckSound,
  signal: AbortSignal,
): Promise<Result> {
  const { cell, edits = [], given = [], tampering } = fault;
  const without: Injection = { edits: given };
  const before = await checkSound(cell, without);
  if (before.status === "unsupported") return unsaid(fault, "unsupported", before);
  if (before.status !== "ok") return unsaid(fault, "unsound", before);
  const planted: Injection = { edits: [...given, ...edits], ...(tampering && { tampering }) };
  const checked = await runCheck(cell, planted, signal);
  const outcome = judgeBackend(fault, checked);
  if (outcome === "passed") {
    const [right, wrong] = await Promise.all(
      [without, planted].map((injection) => readOutputs(cell, injection, signal)),
    );
    return right === wrong
      ? { fault, outcome: "equivalent", found: "nothing", reason: "No output differs: this is no fault." }
      : { fault, outcome: "survived", found: "nothing", reason: `Outputs differ and ${cell} passes.` };
  }
  if (outcome !== "caught") return unsaid(fault, outcome, checked);
  return { fault, outcome, found: checked.layer ?? "" };
}

async function attemptCheck(
  fault: CheckFault,
  controls: ReadonlyMap<string, Control>,
  checkSound: CheckSound,
  signal: AbortSignal,
): Promise<Result> {
  const control = controls.get(fault.control);
  if (!control)
    throw new Error(`[harness] ${fault.id} has no control "${fault.control}". Name one that exists.`);
  const { cell, tampering } = control;
  const harmless: Injection = { ...(tampering && { tampering }) };
  const before = await checkSound(cell, harmless);
  const already = differences(control, before);
  if (already.length > 0)
    return {
      ...unsaid(fault, "unsound", before),
      reason: `Without it, "${control.id}" has ${already.join(", ")}.`,
    };
  const checked = await runCheck(cell, { ...harmless, edits: fault.edits }, signal);
  const [noticed] = differences(control, checked);
  if (noticed !== undefined) return { fault, outcome: "caught", found: noticed };
  const reason = `"${control.id}" comes out as it should.`;
  return { fault, outcome: "survived", found: "nothing", reason };
}

function unsaid(fault: BackendFault | CheckFault, outcome: Outcome, checked: Checked): Result {
  const { status, layer, mode, reasons } = checked;
  const found = layer === undefined ? status : `${layer} ${mode}`;
  return { fault, outcome, found, reason: reasons[0] ?? `The check ended with ${status}.` };
}
