import type { Budget } from "./budget.ts";
import { fitOf, shareOfBudget } from "./fit.ts";
import { offerOf, type ChoosableCell, type Offer } from "./offer.ts";

/** What a budget allows, of the cells that were measured. */
export interface Choice<Cell extends ChoosableCell = ChoosableCell> {
  readonly budget: Budget;
  /** Of those within the budget by the upper end of their interval, the most accurate; of several, the fastest by it. */
  readonly best?: Offer<Cell>;
  /** As accurate as the best and within the budget, where the intervals do not tell the two apart. */
  readonly ties: readonly Offer<Cell>[];
  /** At least as accurate as the best, where the interval crosses the budget: now they fit, now they do not. */
  readonly mayMiss: readonly Offer<Cell>[];
  /** What would be the best without the best and its ties. */
  readonly runnerUp?: Offer<Cell>;
  /** Of those more accurate than the best, what is nearest to the budget: what the next step up costs. */
  readonly nextStep?: Offer<Cell>;
  /** Where nothing fits: what is nearest to it. */
  readonly nearest?: Offer<Cell>;
  /** All that was chosen among, the most accurate first, of equals the fastest. */
  readonly offers: readonly Offer<Cell>[];
  /** Cells that were not chosen among, by the reason. */
  readonly leftOut: readonly { readonly why: string; readonly cells: number }[];
}

/**
 * The model and backend to take within a budget, by published accuracy and measured latency.
 * @param cells of one machine, each once
 * @throws RangeError where the budget limits nothing, or cells are of several machines: those are not compared
 */
export function choose<Cell extends ChoosableCell>(cells: readonly Cell[], budget: Budget): Choice<Cell> {
  requireLimit(budget);
  requireOneMachine(cells);
  const told = cells.map((cell) => offerOf(cell));
  const offers = told.flatMap((one) => ("offer" in one ? one.offer : [])).toSorted(byPreference);
  const fitting = offers.filter((offer) => fitOf(offer, budget) === "fits");
  const [best] = fitting;
  const ties = best ? fitting.filter((offer) => offer !== best && isTie(offer, best)) : [];
  const mayMiss = offers.filter(
    (offer) => fitOf(offer, budget) === "may-miss" && offer.top1 >= (best?.top1 ?? 0),
  );
  const runnerUp = fitting.find((offer) => offer !== best && !ties.includes(offer));
  const above = best ? offers.filter(({ top1 }) => top1 > best.top1) : [];
  const nextStep = cheapest(above, budget);
  const nearest = best ? undefined : cheapest(offers, budget);
  return {
    budget,
    ...(best && { best }),
    ties,
    mayMiss,
    ...(runnerUp && { runnerUp }),
    ...(nextStep && { nextStep }),
    ...(nearest && { nearest }),
    offers,
    leftOut: countReasons(told.flatMap((one) => ("why" in one ? one.why : []))),
  };
}

function byPreference(a: Offer, b: Offer): number {
  return (
    b.top1 - a.top1 ||
    a.ci95[1] - b.ci95[1] ||
    a.sizeBytes - b.sizeBytes ||
    (a.cell.id < b.cell.id ? -1 : Number(a.cell.id > b.cell.id))
  );
}

/** The best has the lowest upper end: of equals, only a lower end above that tells another apart from it. */
function isTie(offer: Offer, best: Offer): boolean {
  return offer.top1 === best.top1 && offer.ci95[0] <= best.ci95[1];
}

function cheapest<Cell extends ChoosableCell>(
  offers: readonly Offer<Cell>[],
  budget: Budget,
): Offer<Cell> | undefined {
  const [first] = offers.toSorted((a, b) => shareOfBudget(a, budget) - shareOfBudget(b, budget));
  return first;
}

function countReasons(reasons: readonly string[]): Choice["leftOut"] {
  return Array.from(
    Map.groupBy(reasons, (why) => why),
    ([why, { length }]) => ({ why, cells: length }),
  );
}

function requireLimit({ latencyMs, sizeBytes }: Budget): void {
  const limits = [latencyMs, sizeBytes].filter((limit) => limit !== undefined);
  if (limits.length === 0 || limits.some((limit) => !(limit > 0)))
    throw new RangeError("[results] The budget limits nothing. Give milliseconds or bytes above 0.");
}

function requireOneMachine(cells: readonly ChoosableCell[]): void {
  const machines = [...new Set(cells.flatMap(({ machine }) => machine ?? []))];
  if (machines.length > 1)
    throw new RangeError(
      `[results] Cells are of the machines ${machines.join(", ")}. Choose among those of one.`,
    );
}
