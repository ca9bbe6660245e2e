import { ACCURACY_SOURCE } from "@mobilenet-bench/spec";
import { choiceRows, choiceSentence, type NewestCell, type Offer } from "@mobilenet-bench/results";
import { jsonText } from "@mobilenet-bench/results/harmless";
import type { ChoiceReport } from "./choice-report.ts";

/** By role, the offers that the answer names; beside them all that was chosen among. */
export function renderChoiceJson({ choice, from, filteredOut }: ChoiceReport): string {
  const named = choiceRows(choice).map(({ role, offer, note }) => ({ role, note, ...offerOf(offer) }));
  return jsonText({
    budget: choice.budget,
    answer: choiceSentence(choice),
    accuracySource: ACCURACY_SOURCE,
    machine: from.machine,
    otherMachines: from.otherMachines,
    named,
    offers: choice.offers.map(offerOf),
    leftOut: [...choice.leftOut, ...(filteredOut > 0 ? [{ why: "by filters", cells: filteredOut }] : [])],
  });
}

function offerOf({ cell, latencyMs, ci95, top1, accuracyOf, sizeBytes }: Offer<NewestCell>) {
  const { id, run, marks } = cell;
  return { id, latencyMs, ci95, top1, accuracyOf, sizeBytes, run, marks };
}
