import { isAllowed } from "@mobilenet-bench/backend";
import type { Side, UncomparedCell } from "@mobilenet-bench/results";
import { answerIn } from "../ask/known.ts";
import { SIDES, type Pairing } from "../pair/pairing.ts";
import type { PlannedCell } from "../plan/cell.ts";
import { whyCellTooLarge } from "../run/too-large.ts";
import { whyUnavailable } from "../run/why-unavailable.ts";
import type { Failure } from "../target/failure.ts";
import type { ComparedSide } from "./compared-side.ts";

/** The two sides of a comparison. */
export type Sides = Readonly<Record<Side, ComparedSide>>;

/** What can be compared, and what not. */
export interface PairedCells {
  readonly pairings: readonly Pairing[];
  readonly without: readonly UncomparedCell[];
}

/**
 * Each cell on both sides, as far as both have it: each build is asked for its own backends, options and availability.
 * @param softwareGpus whether a processor may play the part of a GPU
 */
export async function pairCells(
  cells: readonly PlannedCell[],
  sides: Sides,
  options: { readonly softwareGpus: boolean; readonly signal?: AbortSignal },
): Promise<PairedCells> {
  // Together, since each time takes a process.
  const backends = cells.map(({ from }) => from);
  await Promise.all(SIDES.map((side) => sides[side].asker.factsOf(backends, options.signal)));
  const inNode = cells.filter(({ on }) => on.platform === "node").map(({ from }) => from);
  await Promise.all(SIDES.map((side) => sides[side].asker.availabilityOf(inNode, options.signal)));
  const pairings: Pairing[] = [];
  const without: UncomparedCell[] = [];
  for (const cell of cells) {
    const [base, candidate] = await Promise.all(SIDES.map((side) => whyWithout(cell, sides[side], options)));
    if (base || candidate) without.push(uncompared(cell.id, base, candidate));
    else pairings.push({ base: onSide(cell, sides.base), candidate: onSide(cell, sides.candidate) });
  }
  return { pairings, without };
}

/** A cell as one side has it. */
function onSide(cell: PlannedCell, { targets }: ComparedSide): PlannedCell {
  return { ...cell, on: targets[cell.target] ?? cell.on };
}

async function whyWithout(
  cell: PlannedCell,
  side: ComparedSide,
  options: { readonly softwareGpus: boolean; readonly signal?: AbortSignal },
): Promise<Failure | undefined> {
  const failure =
    (await whyUnavailable(onSide(cell, side), { ...options, asker: side.asker })) ?? whyCellTooLarge(cell);
  return failure ?? whyOtherOptions(cell, side);
}

/** An option or a value that one of the builds does not know yet, or no longer. */
async function whyOtherOptions(
  { from, backend, options }: PlannedCell,
  { asker, build }: ComparedSide,
): Promise<Failure | undefined> {
  const facts = answerIn(await asker.factsOf([from]), backend);
  if (!facts.ok) return facts.failure;
  for (const [name, value] of Object.entries(options)) {
    const spec = Object.hasOwn(facts.value.options, name) ? facts.value.options[name] : undefined;
    if (!spec || !isAllowed(spec, value))
      return {
        status: "unsupported",
        reason: `${backend} of ${build.word} takes no ${name}=${value}.`,
        remedy: "Compare the cell without that option.",
      };
  }
  return undefined;
}

function uncompared(id: string, base: Failure | undefined, candidate: Failure | undefined): UncomparedCell {
  const { status, reason, remedy } = base ?? candidate ?? { status: "infra" as const, reason: "" };
  return {
    id,
    status,
    side: base && candidate ? "both" : base ? "base" : "candidate",
    reason,
    ...(remedy !== undefined && { remedy }),
  };
}
