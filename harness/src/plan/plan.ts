import picomatch from "picomatch";
import { resolveOptions, UnsupportedError, type OptionValue } from "@mobilenet-bench/backend";
import { parseModelName, SpecError, type Model } from "@mobilenet-bench/spec";
import { AXES, formatCellId, withoutDefaults, type Axis, type Shard } from "@mobilenet-bench/results";
import { answerIn, factsOf } from "../ask/known.ts";
import type { ProtocolName } from "../protocol.ts";
import { isLeftOut } from "../registry/left-out.ts";
import type { NamedBackend } from "../registry/named-backend.ts";
import type { Target } from "../target/target.ts";
import { UsageError } from "../usage-error.ts";
import { axesIn, chosenOnAxes, combine, fitsAxes, valuesIn, type AxisFilters, type Chosen } from "./axes.ts";
import { parsePlannedCells, planCell, withNetwork, type PlannedCell } from "./cell.ts";
import { unknown } from "./choose-names.ts";
import { chooseBackends, chooseTargets, type Known } from "./known.ts";
import { refuseIdleFlags, type BrowserFlags } from "./browser-flags.ts";
import { demandsOf, type Demand } from "./demands.ts";
import { isGlob } from "./globs.ts";
import { matchesModel } from "./match-model.ts";
import { isNegated } from "./matches-names.ts";
import {
  isSuiteName,
  SUITES,
  SWEEP_MODELS,
  VARIANT_MODELS,
  type SuiteName,
  type SuitePart,
} from "./suites.ts";

/** What a command line chose: comma-separated names and globs are split already. */
export interface Filters extends AxisFilters, BrowserFlags {
  readonly cells?: readonly string[];
  readonly suite?: string;
  readonly model?: readonly string[];
  readonly backend?: readonly string[];
  readonly target?: readonly string[];
}

/** What a command line comes to, before anything runs. */
export interface Plan {
  readonly suite: SuiteName | null;
  readonly protocol: ProtocolName;
  readonly cells: readonly PlannedCell[];
  /** What was asked for by name. */
  readonly demands: readonly Demand[];
  /** Where the cells are a part of those that were chosen. */
  readonly shard?: Shard;
}

type Choice = Omit<Plan, "demands" | "shard">;

/**
 * The cells that the filters choose: those named by id, or a suite, and of these the ones that fit every filter; else,
 * where models or backends are named, all their combinations; else the quick suite.
 * @param known what the names of backends and targets stand for
 * @param network where weights are given, the one that they belong to: cells are of no other
 * @throws UsageError where a name does not exist or nothing is left
 */
export async function makePlan(filters: Filters, known: Known, network?: Model): Promise<Plan> {
  const plan = network ? await choosePlanOf(network, filters, known) : await choose(filters, known);
  if (plan.cells.length === 0) {
    const remedy = filters.cells?.length
      ? "Filters beside cell ids choose among them: leave one out, or write options into the id."
      : "Leave one out, or see mnb list without filters.";
    throw new UsageError(`No cell fits all filters. ${remedy}`);
  }
  refuseIdleFlags(
    filters,
    plan.cells.map(({ target }) => target),
  );
  return { ...plan, demands: demandsOf(filters, plan.cells) };
}

async function choosePlanOf(network: Model, filters: Filters, known: Known): Promise<Choice> {
  if (filters.suite !== undefined)
    throw new UsageError("Suites name their own models. Leave --suite or --weights out.");
  const named = filters.cells?.length ? {} : { model: filters.model ?? [network.name] };
  const plan = await choose({ ...filters, ...named }, known);
  const other = plan.cells.find(({ model }) => model !== network.name);
  if (other)
    throw new UsageError(
      `The weights are of ${network.name}, not of ${other.model}. Name that model, or none.`,
    );
  return { ...plan, cells: plan.cells.map((cell) => withNetwork(cell, network)) };
}

async function choose(filters: Filters, known: Known): Promise<Choice> {
  const named = await namedCells(filters, known);
  if (named && filters.suite === undefined)
    return { suite: null, protocol: "standard", cells: narrow(named, filters, known) };
  const { model, backend, target } = filters;
  const values = chosenOnAxes(filters);
  const isFree = [model, backend, target].some((names) => names !== undefined) || values.size > 0;
  const name = filters.suite ?? (isFree ? null : "quick");
  if (name !== null) {
    if (!isSuiteName(name)) throw unknown("suite", name, Object.keys(SUITES));
    const { protocol, parts } = SUITES[name];
    // A suite says what is measured; where, it only proposes.
    const expanded = parts.map(({ axes, ...part }: SuitePart) => {
      const targets = chooseTargets(target ?? part.targets, known);
      const product = { ...part, targets, values: valuesIn(axes), keepForeign: backend !== undefined };
      return expand(product, known);
    });
    const cells = narrow(distinct((await Promise.all(expanded)).flat()), filters, known);
    const ids = named && new Set(named.map(({ id }) => id));
    return { suite: name, protocol, cells: ids ? cells.filter(({ id }) => ids.has(id)) : cells };
  }
  const cells = await expand(
    {
      models: chooseModels(model),
      backends: backend ?? ["!reference"],
      targets: chooseTargets(target ?? ["node"], known),
      values,
      keepUnsupported: axesIn(filters),
      keepForeign: backend !== undefined,
    },
    known,
  );
  return { suite: null, protocol: "standard", cells };
}

async function namedCells({ cells = [] }: Filters, known: Known): Promise<PlannedCell[] | undefined> {
  return cells.length > 0 ? distinct(await parsePlannedCells(cells, known)) : undefined;
}

interface Product extends Omit<SuitePart, "axes" | "targets"> {
  readonly targets: readonly Target[];
  readonly values: Chosen;
  /** Whose values were asked for: what a backend cannot give of them is refused by name, not dropped. */
  readonly keepUnsupported?: readonly Axis[];
  /** Also the cells of backends that do not run on the target: those that were asked for are refused by name. */
  readonly keepForeign?: boolean;
}

async function expand(product: Product, known: Known): Promise<PlannedCell[]> {
  const { models, targets, values, except = [], keepUnsupported = [], keepForeign } = product;
  const left = picomatch([...except], { bash: true });
  const backends = chooseBackends(product.backends, known);
  // All at once: each time takes a process.
  await factsOf(backends);
  const cells: PlannedCell[] = [];
  for (const model of models)
    for (const from of backends) {
      const accepted = await acceptedValues(from, values, keepUnsupported);
      const native = keepForeign ? targets : await nativeTargets(from, targets);
      for (const on of native)
        for (const all of combine(accepted)) {
          const options = withoutDefaults(all);
          const key = { model, backend: from.id, target: on.id, options };
          if (except.length === 0 || !left(formatCellId(key))) cells.push(planCell(key, known));
        }
    }
  return distinct(cells);
}

/** Those of the targets that the backend runs on: none where a pack leaves it out, all where it does not say. */
async function nativeTargets(from: NamedBackend, targets: readonly Target[]): Promise<readonly Target[]> {
  if (isLeftOut(from.id)) return [];
  const facts = answerIn(await factsOf([from]), from.id);
  return targets.filter(({ platform }) => !facts.ok || facts.value.platforms.includes(platform));
}

/**
 * Those of the values that the backend takes, all of an axis that is kept. Its default is what every backend computes
 * with, and all that is asked of one that does not say.
 */
async function acceptedValues(from: NamedBackend, values: Chosen, kept: readonly Axis[]): Promise<Chosen> {
  const facts = answerIn(await factsOf([from]), from.id);
  const takes = (axis: Axis, value: OptionValue) => {
    if (value === AXES[axis].default || !facts.ok) return value === AXES[axis].default;
    try {
      return Boolean(resolveOptions({ id: from.id, options: facts.value.options }, { [axis]: value }));
    } catch (error) {
      if (error instanceof UnsupportedError) return false;
      throw error;
    }
  };
  return new Map(
    [...values].map(([axis, all]) => [
      axis,
      kept.includes(axis) ? all : all.filter((value) => takes(axis, value)),
    ]),
  );
}

/** Of the cells of a suite or list, those that fit every filter. */
function narrow(cells: readonly PlannedCell[], filters: Filters, known: Known): PlannedCell[] {
  const { model, backend, target } = filters;
  const models =
    model &&
    new Set(
      chooseModels(
        model,
        cells.map((cell) => cell.model),
      ),
    );
  const backends = backend && chooseBackends(backend, known);
  const targets = target && chooseTargets(target, known);
  const chosen = chosenOnAxes(filters);
  return cells.filter(
    (cell) =>
      (!models || models.has(cell.model)) &&
      (!backends || backends.includes(cell.from)) &&
      (!targets || targets.includes(cell.on)) &&
      fitsAxes(cell.options, chosen),
  );
}

/** Model names, canonical; globs are matched against the known ones. Without any, the sweep's. */
function chooseModels(
  patterns: readonly string[] | undefined,
  known: readonly string[] = [...SWEEP_MODELS, ...VARIANT_MODELS],
): string[] {
  if (!patterns) return SWEEP_MODELS;
  const noSuch = (pattern: string) => unknown("model like", pattern, SWEEP_MODELS.slice(0, 3).concat("…"));
  const wanted = patterns.filter((pattern) => !isNegated(pattern));
  const models = wanted.flatMap((pattern) => {
    if (!isGlob(pattern)) return canonicalModel(pattern);
    const matches = known.filter(matchesModel([pattern]));
    if (matches.length === 0) throw noSuch(pattern);
    return matches;
  });
  const left = (wanted.length === 0 ? known : models).filter(matchesModel(patterns.filter(isNegated)));
  if (left.length === 0) throw noSuch(patterns.join(","));
  return [...new Set(left)];
}

function canonicalModel(name: string): string {
  try {
    return parseModelName(name).name;
  } catch (error) {
    if (error instanceof SpecError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function distinct(cells: readonly PlannedCell[]): PlannedCell[] {
  return [...new Map(cells.map((cell) => [cell.id, cell])).values()];
}
