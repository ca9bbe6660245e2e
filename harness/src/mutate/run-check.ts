import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { z } from "zod";
import type { LayerMode } from "@mobilenet-bench/backend";
import type { Injection } from "./fault.ts";
import { moduleUrl } from "./modules.ts";
import { environmentWith } from "./plant.ts";

/** A check that takes longer hangs: the slowest takes seconds. */
const DEADLINE_MS = 180_000;

const cellSchema = z.object({
  status: z.string(),
  reasons: z.array(z.string()).default([]),
  logits: z.object({ top1: z.object({ agrees: z.boolean() }) }).optional(),
  bits: z.object({ differ: z.array(z.string()) }).optional(),
  layers: z
    .object({
      first: z
        .object({
          layer: z.string(),
          mode: z.enum(["fed", "chained"]),
          position: z.array(z.int()).exactOptional(),
        })
        .optional(),
    })
    .optional(),
});
const outputSchema = z.object({ cells: z.tuple([cellSchema]) });

/** What `mnb check` said of one cell. */
export interface Checked {
  readonly status: string;
  readonly exitCode: number;
  /** The first wrong layer, and the mode in which it shows. */
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
export async function runCheck(cell: string, injection: Injection, signal?: AbortSignal): Promise<Checked> {
  const { stdout, stderr, exitCode, timedOut } = await execaNode(
    fileURLToPath(moduleUrl("harness/cli/main.js")),
    ["check", cell, "--json"],
    {
      nodePath: process.execPath,
      nodeOptions: [],
      env: environmentWith(injection),
      reject: false,
      timeout: DEADLINE_MS,
      ...(signal && { cancelSignal: signal }),
    },
  );
  const died = { exitCode: exitCode ?? 1, reasons: [lastLine(stderr)] };
  if (timedOut) return { ...died, status: "hang" };
  const output = parse(stdout);
  if (!output) return { ...died, status: "no verdict" };
  const { status, reasons, logits, bits, layers } = output;
  return {
    status,
    exitCode: exitCode ?? 1,
    ...layers?.first,
    ...(logits && { top1Agrees: logits.top1.agrees }),
    ...(bits && { bitsDiffer: bits.differ }),
    reasons,
  };
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
