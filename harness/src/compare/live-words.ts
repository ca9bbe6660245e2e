import { shortModelName } from "@mobilenet-bench/spec";
import {
  commitText,
  describeComparison,
  significant,
  type ComparedBuild,
  type ComparedCell,
  type Comparison,
  type LayerChange,
  type UncomparedCell,
} from "@mobilenet-bench/results";

/** A group of cells under one heading, in the order of what asks for a look. */
export interface OutcomeGroup {
  readonly title: string;
  readonly cells: readonly ComparedCell[];
}

const TITLES = {
  slower: "Slower",
  faster: "Faster",
  unconfirmed: "Not confirmed: the second job does not say what the first said",
  unknown: "Unknown: the intervals are too wide for a verdict",
  same: "The same",
} as const satisfies Record<ComparedCell["outcome"], string>;

/** The compared cells by outcome, without empty groups. */
export function groupsOf({ cells }: Comparison): OutcomeGroup[] {
  const compared = cells.filter((cell) => cell.status === "compared");
  return OUTCOMES.flatMap((outcome) => {
    const members = compared.filter((cell) => cell.outcome === outcome);
    return members.length === 0 ? [] : [{ title: TITLES[outcome], cells: members }];
  });
}

const OUTCOMES: readonly ComparedCell["outcome"][] = ["slower", "faster", "unconfirmed", "unknown", "same"];

/** The cells without a verdict. */
export function uncomparedIn({ cells }: Comparison): UncomparedCell[] {
  return cells.filter((cell) => cell.status !== "compared");
}

/** What came of it, in one line. */
export function headlineOf(comparison: Comparison): string {
  const groups = groupsOf(comparison);
  const counts = OUTCOMES.flatMap((outcome) => {
    const count = groups.find(({ title }) => title === TITLES[outcome])?.cells.length ?? 0;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  const without = uncomparedIn(comparison).length;
  const all = [...counts, ...(without > 0 ? [`${without} not compared`] : [])];
  return `${comparison.candidate.word} against ${comparison.base.word}: ${all.join(", ") || "nothing compared"}`;
}

/** A cell as tables name it. */
export function nameOf({ id }: Pick<ComparedCell, "id">): string {
  return shortModelName(id);
}

/** What its jobs said, a line each. */
export function jobsOf({ first, second, q }: ComparedCell): string[] {
  const byQ = `q ${significant(q, 2)}`;
  if (!second) return [`${describeComparison(first)}, ${byQ}`];
  return [`${describeComparison(first)}, ${byQ}`, `second job: ${describeComparison(second)}`];
}

/** A fact about both builds; the same text twice where they do not differ. */
export interface BuildFact {
  readonly name: string;
  readonly base: string;
  readonly candidate: string;
}

/** Both builds side by side: what they are, and the versions of libraries that differ. */
export function buildFacts({ base, candidate }: Pick<Comparison, "base" | "candidate">): BuildFact[] {
  const libraries = [...new Set([...Object.keys(base.libraries), ...Object.keys(candidate.libraries)])];
  return [
    { name: "build", base: base.word, candidate: candidate.word },
    { name: "source", base: commitOf(base), candidate: commitOf(candidate) },
    ...libraries
      .toSorted()
      .map((name) => ({
        name,
        base: base.libraries[name] ?? "none",
        candidate: candidate.libraries[name] ?? "none",
      }))
      .filter((fact) => fact.base !== fact.candidate),
  ];
}

function commitOf({ commit, dirty, identity }: ComparedBuild): string {
  return commit === null ? identity : commitText({ commit, dirty });
}

/** The layers that changed, those first that account for most of it. */
export function changedLayers({ layers = [] }: ComparedCell): LayerChange[] {
  return layers
    .filter(({ change }) => change !== "none")
    .toSorted((a, b) => Math.abs(b.candidateMs - b.baseMs) - Math.abs(a.candidateMs - a.baseMs));
}

/** A layer's change as a share, with its interval: `+84.1 % (+80.2 … +90.0 %)`. */
export function layerText({ ratio, interval }: LayerChange): string {
  const range = interval ? ` (${interval.map(signed).join(" … ")} %)` : "";
  return `${signed(ratio)} %${range}`;
}

/** What computes it on either side. */
export function kernelText({ kernel }: LayerChange): string {
  if (!kernel) return "";
  const [base, candidate] = [kernel.base ?? "none", kernel.candidate ?? "none"];
  return base === candidate ? base : `${base} → ${candidate}`;
}

function signed(ratio: number): string {
  const text = ((ratio - 1) * 100).toFixed(1);
  return text.startsWith("-") ? `−${text.slice(1)}` : `+${text}`;
}

/** The layers where none stands out, and where the backend does not tell. */
export function withoutLayers(cell: ComparedCell): string | undefined {
  if (cell.outcome !== "slower" && cell.outcome !== "faster") return undefined;
  if (!cell.layers) return "Its layers cannot be told apart.";
  if (changedLayers(cell).length > 0) return undefined;
  return "No layer alone stands out: the change is spread, or lies between the layers.";
}

/** Below this share, where its code happens to lie can make a build slower as well as its sources can. */
const LAYOUT = 0.05;

/** What to bear in mind with these figures. */
export function remarksOn(comparison: Comparison): string[] {
  const { base, candidate } = comparison;
  const changed = groupsOf(comparison)
    .flatMap(({ cells }) => cells)
    .filter(({ outcome }) => outcome === "slower" || outcome === "faster");
  const isSame = base.identity === candidate.identity;
  const mayBeLayout = changed.some(({ first }) => Math.abs(first.ratio - 1) < LAYOUT);
  return [
    ...(isSame ? ["Both sides are the same build: what differs between them is chance."] : []),
    ...(changed.length > 0 && !isSame && mayBeLayout
      ? [
          "Where code and data happen to lie belongs to a build: every process of it has it, and more pairs do not average it out. Of a change of a few per cent, ask whether the sources explain it.",
        ]
      : []),
    ...(comparison.complete ? [] : ["Interrupted: cells are missing."]),
  ];
}
