import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { wantedPairs, type NightFacts, type WantedPairs } from "@mobilenet-bench/results";
import { INTERRUPTED, type CallMnb } from "./call-mnb.ts";
import { shellWords } from "./shell-words.ts";

/** What confirming a night needs. */
export interface ConfirmOptions {
  readonly facts: NightFacts;
  /** The one that compares: this. */
  readonly machine: string;
  /** Of this checkout, where nothing in it is changed; it need not be built again. */
  readonly head: string | null;
  /** Where comparisons go. */
  readonly output: string;
  readonly call: CallMnb;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** How the comparisons of a night ended. */
export interface Confirmed {
  readonly asked: readonly WantedPairs[];
  /** Those that came to no end, with the exit status. */
  readonly failed: readonly { readonly pairs: WantedPairs; readonly status: number }[];
  readonly interrupted: boolean;
}

/** Compares in pairs what the night wants to know on this machine; what lies in the output folder is not compared again. */
export async function confirmNight({
  facts,
  machine,
  head,
  output,
  call,
  signal,
  say,
}: ConfirmOptions): Promise<Confirmed> {
  await mkdir(output, { recursive: true });
  const asked = wantedPairs(facts, machine);
  const failed: { pairs: WantedPairs; status: number }[] = [];
  for (const pairs of asked) {
    const file = join(output, fileOf(facts.id, machine, pairs));
    if (await isThere(file)) continue;
    const words = compareWords(pairs, head, file);
    say(`mnb ${shellWords(words)}`);
    const status = await call(words, signal);
    if (status === INTERRUPTED) return { asked, failed, interrupted: true };
    // 1 says that a cell is slower, or failed: that is what was asked.
    if (!(await isThere(file))) failed.push({ pairs, status });
  }
  return { asked, failed, interrupted: false };
}

function compareWords({ base, candidate, cells }: WantedPairs, head: string | null, file: string): string[] {
  const build = (commit: string) => (commit === head ? "." : commit);
  return ["compare", build(base), build(candidate), ...cells, "--format", "json", "--output", file];
}

function fileOf(night: string, machine: string, { base, candidate }: WantedPairs): string {
  return `${night}-${machine}-${base.slice(0, 12)}-${candidate.slice(0, 12)}.json`;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
