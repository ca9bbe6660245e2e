import { dayOf, formatOptions, significant } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import type { Latest } from "../data/latest.ts";
import { rankShown } from "../data/rank-shown.ts";
import { competes, type SiteCell } from "../data/site-cell.ts";

/** What stands at the top: told by the figures that are shown, and by ranks, so it never says more than the run does. */
interface Headline {
  readonly title: string;
  /** Where and when. */
  readonly where: string;
}

/** Who is fastest on the heaviest model that is shown, and what comes next: within one run, since cells of others are not compared. */
export function headlineOf(
  shown: readonly SiteCell[],
  { machine, runs, surelyFaster }: Pick<Latest, "machine" | "runs" | "surelyFaster">,
): Headline {
  const competing = shown.filter(competes);
  const [first] = competing.toSorted((a, b) => b.multAdds - a.multAdds);
  const days = runs
    .filter(({ id }) => shown.some(({ run }) => run === id))
    .map(({ startedAt }) => dayOf(startedAt));
  const when = [...new Set(days)].toSorted();
  const where = [machine.title, machine.os, when.join(" and ")].filter(Boolean).join(" · ");
  if (first === undefined) return { title: "No figure is shown", where };
  const members = competing
    .filter(({ model }) => model === first.model)
    .toSorted((a, b) => (a.ms ?? Infinity) - (b.ms ?? Infinity));
  const ofRun = members.filter(({ run }) => run === members[0]?.run);
  const model = shortModelName(first.model);
  if (ofRun.length === members.length) return { title: titleOf(members, model), where };
  return { title: titleOf(rankShown(ofRun, surelyFaster), `${model} in its run`), where };
}

function titleOf(members: readonly SiteCell[], model: string): string {
  const leaders = members.filter(({ rank }) => rank?.[0] === 1);
  const [fastest] = leaders;
  if (fastest?.ms === undefined) return `No backend can be told to be the fastest on ${model}`;
  const next = members.find((cell) => !leaders.includes(cell));
  const names = leaders.map(nameOf);
  const figure = `${significant(fastest.ms)} ms`;
  const lead =
    names.length === 1
      ? `${names.join("")} is fastest on ${model}: ${figure}`
      : `${names.join(" and ")} cannot be told apart on ${model}: from ${figure}`;
  return next?.ms === undefined ? lead : `${lead}; next is ${nameOf(next)} with ${significant(next.ms)} ms`;
}

/** The usual target and the usual options go without saying. */
function nameOf({ backend, target, options }: SiteCell): string {
  const name = [backend, formatOptions(options)].filter(Boolean).join(" ");
  return target === "node" ? name : `${name} in ${target}`;
}
