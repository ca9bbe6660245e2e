import { shortModelName } from "@mobilenet-bench/spec";
import { intervalText, millions, optionsText, significant } from "../table/index.ts";
import { budgetText } from "./budget.ts";
import type { Choice } from "./choose.ts";
import { shareOfBudget } from "./fit.ts";
import type { ChoosableCell, Offer } from "./offer.ts";

/** What an offer is to the choice. */
export type ChoiceRole = "best" | "tie" | "may miss" | "runner-up" | "next step up" | "nearest";

/** An offer that the answer names, and what is said of it. */
export interface ChoiceRow<Cell extends ChoosableCell = ChoosableCell> {
  readonly role: ChoiceRole;
  readonly offer: Offer<Cell>;
  readonly note: string;
}

/** All that the answer names, in the order in which it is told; an offer may stand there in two roles. */
export function choiceRows<Cell extends ChoosableCell>(choice: Choice<Cell>): ChoiceRow<Cell>[] {
  const { budget, best, ties, mayMiss, runnerUp, nextStep, nearest } = choice;
  const all = (role: ChoiceRole, offers: readonly (Offer<Cell> | undefined)[], note: (of: Offer) => string) =>
    offers.flatMap((offer) => (offer ? [{ role, offer, note: note(offer) }] : []));
  return [
    ...all("best", [best], () => `within ${budgetText(budget)}`),
    ...all("tie", ties, () => "as accurate, and the intervals do not tell it from the best"),
    ...all("may miss", mayMiss, () => "its interval crosses the budget"),
    ...all("runner-up", [runnerUp], (offer) => (best ? stepText(best, offer) : "")),
    ...all("next step up", [nextStep], (offer) => (best ? stepText(best, offer) : "")),
    ...all("nearest", [nearest], (offer) => `${significant(shareOfBudget(offer, budget))} times the budget`),
  ];
}

/** The answer in one sentence. */
export function choiceSentence({ budget, best, nearest, ties, offers }: Choice): string {
  const within = `Within ${budgetText(budget)}`;
  if (best) {
    const { latencyMs, ci95, top1 } = best;
    const also = ties.map(offerName);
    const tied = also.length === 0 ? "" : `; ${also.join(", ")} cannot be told from it`;
    return `${within}: ${offerName(best)}, ${significant(latencyMs)} ms (${intervalText(ci95)}), ${top1.toFixed(1)} % published top-1${tied}.`;
  }
  if (!nearest) return `${within} nothing can be chosen: no cell has both a figure and published accuracy.`;
  return `${within} there is none of ${offers.length} cells; nearest is ${offerName(nearest)}, ${significant(nearest.latencyMs)} ms (${intervalText(nearest.ci95)}) and ${megabytes(nearest)} MB.`;
}

/** One column of the answer as a table. */
export interface ChoiceColumn {
  readonly title: string;
  readonly align: "left" | "right";
  readonly value: (row: ChoiceRow) => string;
}

/** In the order of every form. */
export const CHOICE_COLUMNS: readonly ChoiceColumn[] = [
  { title: "", align: "left", value: ({ role }) => role },
  { title: "model", align: "left", value: ({ offer }) => shortModelName(offer.cell.model) },
  { title: "backend", align: "left", value: ({ offer }) => rowText(offer.cell) },
  { title: "top-1 %", align: "right", value: ({ offer }) => offer.top1.toFixed(1) },
  { title: "median ms", align: "right", value: ({ offer }) => significant(offer.latencyMs) },
  { title: "95 % within run", align: "right", value: ({ offer }) => intervalText(offer.ci95) },
  { title: "MB", align: "right", value: ({ offer }) => megabytes(offer) },
  { title: "note", align: "left", value: noteOf },
];

/** What is said of it, and what asks for a second look at its figure. */
function noteOf({ note, offer }: ChoiceRow): string {
  const quantized = offer.accuracyOf === "quantized" ? ["accuracy of the quantized release"] : [];
  return [note, ...quantized, ...offer.cell.marks].filter((word) => word !== "").join("; ");
}

/** `1.0_224 on ort-node`. */
function offerName({ cell }: Offer): string {
  return `${shortModelName(cell.model)} on ${rowText(cell)}`;
}

function rowText(cell: ChoosableCell): string {
  return [cell.backend, optionsText(cell)].filter(Boolean).join(" ");
}

function megabytes({ sizeBytes }: Offer): string {
  return millions(sizeBytes);
}

/** What one offer has more or less than another: `+0.9 points, +2.8 ms`. */
function stepText(from: Offer, to: Offer): string {
  const steps = [
    difference(to.top1 - from.top1, (value) => `${value.toFixed(1)} points`),
    difference(to.latencyMs - from.latencyMs, (value) => `${significant(value)} ms`),
    difference((to.sizeBytes - from.sizeBytes) / 1e6, (value) => `${value.toFixed(1)} MB`),
  ];
  return steps.flat().join(", ");
}

/** Less is rounding. */
const SMALLEST_DIFFERENCE = 1e-9;

function difference(by: number, text: (size: number) => string): string[] {
  if (Math.abs(by) < SMALLEST_DIFFERENCE) return [];
  return [`${by < 0 ? "−" : "+"}${text(Math.abs(by))}`];
}
