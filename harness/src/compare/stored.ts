import { machineChange, SEQUENTIAL_RULE, type Cell, type Run } from "@mobilenet-bench/results";
import { UsageError } from "../usage-error.ts";
import { compareCells, type ComparedCell, type UncomparedCell } from "./stored-cells.ts";
import { factsOf, type Fact } from "./stored-facts.ts";
import { notesOf, sameMachine } from "./stored-notes.ts";

/** A cell of two runs, and what of its change is its own. */
export interface StoredRow extends ComparedCell {
  /** The ratio after the change that the other cells share is taken out; absent where that cannot be told. */
  readonly ownRatio?: number;
  /** It stands out: a paired comparison should look at it. No verdict. */
  readonly nominated?: "faster" | "slower";
}

/** Two stored runs, laid side by side: weak evidence, and no verdict. */
export interface StoredComparison {
  readonly base: Run;
  readonly candidate: Run;
  readonly facts: readonly Fact[];
  readonly notes: readonly string[];
  /** The ratio that all cells of both runs share, shown or not, on one machine, where there are enough of them. */
  readonly machine?: { readonly ratio: number; readonly cells: number };
  readonly rows: readonly StoredRow[];
  readonly uncompared: readonly UncomparedCell[];
  /** What would compare the nominated cells, or why nothing can; absent where none is nominated. */
  readonly next?: string;
}

/** What every form says first. */
export const WEAK =
  "Two stored runs: weak evidence. They were measured at different times, and what changed between them besides the code is in every ratio.";

/**
 * @param chosen which cells are shown; what the machine did is told by all
 * @throws UsageError where both are the same run, or have no cell in common
 */
export function compareStored(
  base: Run,
  candidate: Run,
  chosen: (cell: Cell) => boolean = () => true,
): StoredComparison {
  if (base.id === candidate.id)
    throw new UsageError(`Both are the run ${base.id}. Give two runs; mnb run makes another.`);
  const cells = [...base.cells, ...candidate.cells];
  const shown = new Set(cells.filter(chosen).map(({ id }) => id));
  const ids = new Set(candidate.cells.map(({ id }) => id));
  if (!base.cells.some(({ id }) => ids.has(id) && shown.has(id)))
    throw new UsageError("No cell is in both runs. Give runs of the same cells, or leave filters out.");
  const oneMachine = sameMachine(base, candidate);
  const { compared, uncompared } = compareCells(base, candidate, oneMachine);
  const change = oneMachine ? machineChange(compared.map(({ ratio }) => Math.log(ratio.value))) : undefined;
  const rows = compared
    .map((cell, i): StoredRow => {
      const own = change?.own[i];
      if (own === undefined) return cell;
      const nominated = own > 0 ? "slower" : "faster";
      return { ...cell, ownRatio: Math.exp(own), ...(change?.outliers[i] && { nominated }) };
    })
    .filter(({ id }) => shown.has(id));
  const next = nextStep(base, candidate, rows);
  return {
    base,
    candidate,
    facts: factsOf(base, candidate),
    notes: notesOf(base, candidate, compared.length),
    ...(change && { machine: { ratio: Math.exp(change.shared), cells: compared.length } }),
    rows,
    uncompared: uncompared.filter(({ id }) => shown.has(id)),
    ...(next !== undefined && { next }),
  };
}

function nextStep(base: Run, candidate: Run, rows: readonly StoredRow[]): string | undefined {
  const cells = rows.filter(({ nominated }) => nominated !== undefined).map(({ id }) => id);
  if (cells.length === 0) return undefined;
  const [one, other] = [base.environment, candidate.environment];
  if (one.commit === null || other.commit === null)
    return "A run without a commit cannot be built again. Measure both anew, on this machine.";
  if (one.dirty === true || other.dirty === true)
    return "A run of changes that were not committed cannot be built again. Commit, and measure anew.";
  if (one.commit === other.commit)
    return "Both are of one commit: the code did not change. See what else did, and measure again.";
  const words = [one.commit.slice(0, 12), other.commit.slice(0, 12), ...cells.map(quoted)];
  return `mnb compare ${words.join(" ")}`;
}

/** Shells take the marks of options for their own. */
function quoted(id: string): string {
  return /[?&]/.test(id) ? `'${id}'` : id;
}

/** Whether a cell that was in order failed: the only ground on which two stored runs are found wrong. */
export function hasBroken({ uncompared }: StoredComparison): boolean {
  return uncompared.some(({ broken }) => broken);
}

/** What a nomination rests on. */
export const NOMINATION = `stands out from the other cells, by more than ${(SEQUENTIAL_RULE.margin * 100).toFixed(1)} %: to be compared in pairs, no verdict`;
