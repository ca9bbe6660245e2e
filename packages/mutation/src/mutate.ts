import { join } from "node:path";
import {
  editsOf,
  isCheckFault,
  whyStale,
  type BackendFault,
  type CheckFault,
} from "@mobilenet-bench/backend/faults";
import { createControls, type Control } from "./controls.ts";
import type { FoundFault } from "./find-faults.ts";
import { givenOf, injectionOf } from "./injection.ts";
import { differences, judgeBackend, type Outcome } from "./judge.ts";
import type { Injection } from "./planted.ts";
import { readOutputs, runCheck, type Checked, type Subject } from "./run-check.ts";

/** A fault, and what became of it. */
export interface Result {
  readonly fault: FoundFault;
  readonly outcome: Outcome;
  /** In short: the layer that was named, or in what a control came out otherwise. */
  readonly found: string;
  /** A sentence, where the fault was not caught. */
  readonly reason?: string;
}

/** Which faults are planted in what, and who is told. */
export interface MutateOptions {
  readonly subject: Subject;
  readonly faults: readonly FoundFault[];
  /** How many checks run at a time. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly onResult: (result: Result) => void;
}

/** Plants one fault after the other; those that are finished where the signal ends it, in the order of the list. */
export async function mutate({ subject, faults, jobs, signal, onResult }: MutateOptions): Promise<Result[]> {
  const attempt = attempts(subject, faults, signal);
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

function attempts(subject: Subject, faults: readonly FoundFault[], signal: AbortSignal) {
  const controls = new Map(
    faults.some(isCheckFault) ? createControls(subject.seed).map((one) => [one.id, one]) : [],
  );
  /** Checks without a fault, each made once. */
  const sound = new Map<string, Promise<Checked>>();
  const check = (cell: string, injection: Injection) => runCheck(subject, cell, injection, signal);
  const checkSound = (cell: string, injection: Injection) => {
    const key = JSON.stringify([cell, injection]);
    const known = sound.get(key) ?? check(cell, injection);
    sound.set(key, known);
    return known;
  };
  return async (fault: FoundFault): Promise<Result> => {
    const why = editsOf(fault)
      .map((edit) => whyStale(edit, fault.folder))
      .find((reason) => reason !== undefined);
    if (why !== undefined) {
      const reason = `It no longer applies: ${why}. Renew it in ${join(fault.folder, "faults")}.`;
      return { fault, outcome: "stale", found: "stale", reason };
    }
    return isCheckFault(fault)
      ? attemptCheck(fault, controls.get(fault.control), checkSound, check)
      : attemptBackend(fault, checkSound, check, (injection) =>
          readOutputs(subject, fault, injection, signal),
        );
  };
}

type Check = (cell: string, injection: Injection) => Promise<Checked>;

async function attemptBackend(
  fault: FoundFault<BackendFault>,
  checkSound: Check,
  check: Check,
  outputsWith: (injection: Injection) => Promise<string>,
): Promise<Result> {
  const { cell } = fault;
  const without = givenOf(fault);
  const before = await checkSound(cell, without);
  if (before.status === "unsupported") return unsaid(fault, "unsupported", before);
  if (before.status !== "ok") return unsaid(fault, "unsound", before);
  const planted = injectionOf(fault);
  const checked = await check(cell, planted);
  const outcome = judgeBackend(fault, checked);
  if (outcome === "passed") {
    const [right, wrong] = await Promise.all([without, planted].map(outputsWith));
    return right === wrong
      ? { fault, outcome: "equivalent", found: "nothing", reason: "No output differs: this is no fault." }
      : { fault, outcome: "survived", found: "nothing", reason: `Outputs differ and ${cell} passes.` };
  }
  if (outcome !== "caught") return unsaid(fault, outcome, checked);
  return { fault, outcome, found: checked.layer ?? "" };
}

async function attemptCheck(
  fault: FoundFault<CheckFault>,
  control: Control | undefined,
  checkSound: Check,
  check: Check,
): Promise<Result> {
  if (!control)
    throw new Error(`[mutation] ${fault.id} has no control "${fault.control}". Name one that exists.`);
  const { cell, tampering } = control;
  const tampered = tampering && { tampering };
  const before = await checkSound(cell, { edits: [], ...tampered });
  const already = differences(control, before);
  if (already.length > 0)
    return {
      ...unsaid(fault, "unsound", before),
      reason: `Without it, "${control.id}" has ${already.join(", ")}.`,
    };
  const checked = await check(cell, { ...injectionOf(fault), ...tampered });
  const [noticed] = differences(control, checked);
  if (noticed !== undefined) return { fault, outcome: "caught", found: noticed };
  const reason = `"${control.id}" comes out as it should.`;
  return { fault, outcome: "survived", found: "nothing", reason };
}

function unsaid(fault: FoundFault, outcome: Outcome, checked: Checked): Result {
  const { status, layer, mode, reasons } = checked;
  const found = layer === undefined ? status : `${layer} ${mode}`;
  return { fault, outcome, found, reason: reasons[0] ?? `The check ended with ${status}.` };
}
