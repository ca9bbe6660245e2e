import { z } from "zod";
import type { LayerMode } from "@mobilenet-bench/backend";
import type { BackendFault } from "@mobilenet-bench/backend/faults";
import type { FoundFault } from "./find-faults.ts";
import { entryOf } from "./injection.ts";
import { ownModule } from "./own-module.ts";
import type { Injection } from "./planted.ts";
import { runWith } from "./processes.ts";

const divergenceSchema = z.object({
  layer: z.string(),
  mode: z.enum(["fed", "chained"]),
  position: z.array(z.int()).exactOptional(),
});
const cellSchema = z.object({
  status: z.string(),
  reasons: z.array(z.string()).default([]),
  logits: z.object({ top1: z.object({ agrees: z.boolean() }) }).optional(),
  bits: z.object({ differ: z.array(z.string()) }).optional(),
  layers: z.object({ first: divergenceSchema.optional() }).optional(),
  worstLogit: divergenceSchema.optional(),
});
const outputSchema = z.object({ cells: z.tuple([cellSchema]) });

/** What is put to the test: a command line that checks cells. */
export interface Subject {
  /** Its script, which is called as `SCRIPT check CELL --json`. */
  readonly script: string;
  /** Of the weights and the image that it makes checks with. */
  readonly seed: number;
}

/** What `mnb check` said of one cell. */
export interface Checked {
  readonly status: string;
  readonly exitCode: number;
  /** The first wrong layer, and the mode in which it shows; the classifier where only logits are wrong. */
  readonly layer?: string;
  readonly mode?: LayerMode;
  /** Of that layer's worst element. */
  readonly position?: readonly number[];
  readonly top1Agrees?: boolean;
  /** What changes the bits of an inference. */
  readonly bitsDiffer?: readonly string[];
  readonly reasons: readonly string[];
}

/** `mnb check CELL --json`, as a user would call it, with a fault in all of its processes. */
export async function runCheck(
  { script }: Subject,
  cell: string,
  injection: Injection,
  signal?: AbortSignal,
): Promise<Checked> {
  const args = ["check", cell, "--json"];
  const { stdout, stderr, exitCode, timedOut } = await runWith(injection, script, args, signal);
  const died = { exitCode: exitCode ?? 1, reasons: [lastLine(stderr)] };
  if (timedOut) return { ...died, status: "hang" };
  const output = parse(stdout);
  if (!output) return { ...died, status: "no verdict" };
  const { status, reasons, logits, bits, layers, worstLogit } = output;
  return {
    status,
    exitCode: exitCode ?? 1,
    ...(layers?.first ?? worstLogit),
    ...(logits && { top1Agrees: logits.top1.agrees }),
    ...(bits && { bitsDiffer: bits.differ }),
    reasons,
  };
}

/** Everything that the session of a fault's cell computes, as one text: equal where no output differs. */
export async function readOutputs(
  { seed }: Subject,
  { folder, cell }: FoundFault<BackendFault>,
  injection: Injection,
  signal?: AbortSignal,
): Promise<string> {
  const { stdout, exitCode, stderr } = await runWith(
    injection,
    ownModule("outputs-main"),
    [entryOf(folder), cell, String(seed)],
    signal,
  );
  return exitCode === 0 ? stdout : lastLine(stderr);
}

function parse(text: string) {
  try {
    return outputSchema.parse(JSON.parse(text)).cells[0];
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
