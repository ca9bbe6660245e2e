import picomatch from "picomatch";
import { MAX_THREADS, resolveOptions, UnsupportedError } from "@mobilenet-bench/backend";
import { parseModelName, SpecError, type Model } from "@mobilenet-bench/spec";
import { formatCellId, type CellKey } from "@mobilenet-bench/results";
import { answerIn, factsOf } from "../ask/known.ts";
import { BACKEND_IDS, isBackendId } from "../registry/backends.ts";
import { isLeftOut } from "../registry/left-out.ts";
import type { ProtocolName } from "../protocol.ts";
import { TARGETS } from "../target/targets.ts";
import { UsageError } from "../usage-error.ts";
import { isGlob } from "./globs.ts";
import { matchesModel } from "./match-model.ts";
import { parsePlannedCells, planCell, unknown, withNetwork, type PlannedCell } from "./cell.ts";
import { demandsOf, usesBrowserPath, type Demand } from "./demands.ts";
import {
  isSuiteName,
  SUITES,
  SWEEP_MODELS,
  VARIANT_MODELS,
  type SuiteName,
  type SuitePart,
} from "./suites.ts";

/** Those that cells may be asked for in; which of them a backend has, it says itself. */
const PRECISIONS = ["fp32", "fp16", "int8"];

/** What a command line chose: comma-separated names and globs are split already. */
export interface Filters {
  readonly cells?: readonly string[];
  readonly suite?: string;
  readonly model?: readonly string[];
  readonly backend?: readonly string[];
  readonly target?: readonly string[];
  readonly threads?: readonly string[];
  readonly precision?: readonly string[];
  /** An executable. */
  readonly browserPath?: string;
}

export interface Plan {
  readonly suite: SuiteName | null;
  readonly protocol: ProtocolName;
  readonly cells: readonly PlannedCell[];
  /** What was asked for by name. */
  readonly demands: readonly Demand[];
}

type Choice = Omit<Plan, "demands">;

/**
 * The cells that the filters choose: those named by id, or a suite, and of these the ones that fit every filter; else,
 * where models or backends are named, all their combinations; else the quick suite.
 * @param network where weights are given, the one that they belong to: cells are of no other
 * @throws UsageError where a name does not exist or nothing is left
 */
export async function makePlan(filters: Filters, network?: Model): Promise<Plan> {
  const plan = network ? await choosePlanOf(network, filters) : await choose(filters);
  if (plan.cells.length === 0) {
    const remedy = filters.cells?.length
      ? "Filters beside cell ids choose among them: leave one out, or write options into the id."
      : "Leave one out, or see mnb list without filters.";
    throw new UsageError(`No cell fits all filters. ${remedy}`);
  }
  if (filters.browserPath !== undefined && !plan.cells.some(usesBrowserPath))
    throw new UsageError("--browser-path is for chrome, and no cell runs there. Add --target chrome.");
  return { ...plan, demands: demandsOf(filters, plan.cells) };
}

async function choosePlanOf(network: Model, filters: Filters): Promise<Choice> {
  if (filters.suite !== undefined)
    throw new UsageError("Suites name their own models. Leave --suite or --weights out.");
  const named = filters.cells?.length ? {} : { model: filters.model ?? [network.name] };
  const plan = await choose({ ...filters, ...named });
  const other = plan.cells.find(({ model }) => model !== network.name);
  if (other)
    throw new UsageError(
      `The weights are of ${network.name}, not of ${other.model}. Name that model, or none.`,
    );
  return { ...plan, cells: plan.cells.map((cell) => withNetwork(cell, network)) };
}

async function choose(filters: Filters): Promise<Choice> {
  const named = await namedCells(filters);
  if (named && filters.suite === undefined)
    return { suite: null, protocol: "standard", cells: narrow(named, filters) };
  const { model, backend, target, threads } = filters;
  const precisions = filters.precision && chooseNames("precision", filters.precision, PRECISIONS);
  const free = model ?? backend ?? target ?? threads;
  const name = filters.suite ?? (free ? null : "quick");
  if (name !== null) {
    if (!isSuiteName(name)) throw unknown("suite", name, Object.keys(SUITES));
    const { protocol, parts } = SUITES[name];
    // A suite says what is measured; where, it only proposes.
    const expanded = parts.map((part) => {
      const targets = target ? chooseTargets(target) : part.targets;
      return expand({ ...part, targets, keepForeign: backend !== undefined });
    });
    const cells = narrow(distinct((await Promise.all(expanded)).flat()), filters);
    const ids = named && new Set(named.map(({ id }) => id));
    return { suite: name, protocol, cells: ids ? cells.filter(({ id }) => ids.has(id)) : cells };
  }
  const cells = await expand({
    models: chooseModels(model),
    backends: chooseNames("backend", backend ?? ["!reference"], BACKEND_IDS),
    targets: chooseTargets(target ?? ["node"]),
    threads: (threads ?? ["1"]).map(parseThreads),
    precisions: precisions ?? ["fp32"],
    // A thread count that was asked for is refused by name where a backend cannot give it, not dropped.
    keepUnsupported: threads !== undefined,
    keepForeign: backend !== undefined,
  });
  return { suite: null, protocol: "standard", cells };
}

async function namedCells({ cells = [] }: Filters): Promise<PlannedCell[] | undefined> {
  return cells.length > 0 ? distinct(await parsePlannedCells(cells)) : undefined;
}

interface Product extends SuitePart {
  readonly precisions?: readonly string[];
  readonly keepUnsupported?: boolean;
  /** Also the cells of backends that do not run on the target: those that were asked for are refused by name. */
  readonly keepForeign?: boolean;
}

async function expand(product: Product): Promise<PlannedCell[]> {
  const {
    models,
    targets,
    threads,
    except = [],
    precisions = ["fp32"],
    keepUnsupported,
    keepForeign,
  } = product;
  const left = picomatch([...except], { bash: true });
  const backends = chooseNames("backend", product.backends, BACKEND_IDS);
  // All at once: each time takes a process.
  await factsOf(backends);
  const cells: PlannedCell[] = [];
  for (const model of models)
    for (const backend of backends) {
      const accepted = keepUnsupported ? threads : await acceptedThreads(backend, threads);
      const native = keepForeign ? targets : await nativeTargets(backend, targets);
      for (const target of native)
        for (const count of accepted)
          for (const precision of precisions) {
            const options = { threads: count, precision };
            const key: CellKey = { model, backend, target, options: withoutDefaults(options) };
            if (except.length === 0 || !left(formatCellId(key))) cells.push(planCell(key));
          }
    }
  return distinct(cells);
}

/** Those of the targets that the backend runs on: none where a pack leaves it out, all where it does not say. */
async function nativeTargets(backend: string, targets: readonly string[]): Promise<string[]> {
  if (!isBackendId(backend) || isLeftOut(backend)) return [];
  const facts = answerIn(await factsOf([backend]), backend);
  return targets.filter((id) => {
    const target = TARGETS[id];
    return target !== undefined && (!facts.ok || facts.value.platforms.includes(target.platform));
  });
}

/**
 * Those of the thread counts that the backend takes; one thread is what every backend computes on, and all that is
 * asked of one that does not say.
 */
async function acceptedThreads(backend: string, threads: readonly number[]): Promise<number[]> {
  if (!isBackendId(backend)) return [];
  const facts = answerIn(await factsOf([backend]), backend);
  return threads.filter((count) => {
    if (count === 1 || !facts.ok) return count === 1;
    try {
      return resolveOptions({ id: backend, options: facts.value.options }, { threads: count });
    } catch (error) {
      if (error instanceof UnsupportedError) return false;
      throw error;
    }
  });
}

function withoutDefaults({ threads, precision }: { threads: number; precision: string }) {
  return { ...(threads === 1 ? {} : { threads }), ...(precision === "fp32" ? {} : { precision }) };
}

/** Of the cells of a suite or list, those that fit every filter. */
function narrow(cells: readonly PlannedCell[], filters: Filters): PlannedCell[] {
  const { model, backend, target, threads, precision } = filters;
  const models =
    model &&
    new Set(
      chooseModels(
        model,
        cells.map((cell) => cell.model),
      ),
    );
  const backends = backend && chooseNames("backend", backend, BACKEND_IDS);
  const targets = target && chooseTargets(target);
  const counts = threads?.map(parseThreads);
  const precisions = precision && chooseNames("precision", precision, PRECISIONS);
  return cells.filter(
    (cell) =>
      (!models || models.has(cell.model)) &&
      (!backends || backends.includes(cell.backend)) &&
      (!targets || targets.includes(cell.target)) &&
      (!counts || counts.includes(Number(cell.options["threads"] ?? 1))) &&
      (!precisions || precisions.includes(String(cell.options["precision"] ?? "fp32"))),
  );
}

/** Model names, canonical; globs are matched against the known ones. Without any, the sweep's. */
function chooseModels(
  patterns: readonly string[] | undefined,
  known: readonly string[] = [...SWEEP_MODELS, ...VARIANT_MODELS],
): string[] {
  if (!patterns) return SWEEP_MODELS;
  return patterns.flatMap((pattern) => {
    if (!isGlob(pattern)) return canonicalModel(pattern);
    const matches = new Set(known.filter(matchesModel([pattern])));
    if (matches.size === 0) throw unknown("model like", pattern, SWEEP_MODELS.slice(0, 3).concat("…"));
    return [...matches];
  });
}

function canonicalModel(name: string): string {
  try {
    return parseModelName(name).name;
  } catch (error) {
    if (error instanceof SpecError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** The known names that fit any of the patterns, in the order of listings; a pattern that fits none is an error. */
export function chooseNames<Name extends string>(
  what: string,
  patterns: readonly string[],
  known: readonly Name[],
): Name[] {
  const matchers = patterns.map((pattern) => {
    const matcher = picomatch(pattern);
    if (!known.some((name) => matcher(name))) throw unknown(what, pattern, known);
    return matcher;
  });
  return known.filter((name) => matchers.some((matcher) => matcher(name)));
}

function chooseTargets(patterns: readonly string[]): string[] {
  return chooseNames("target", patterns, Object.keys(TARGETS));
}

function parseThreads(text: string | number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MAX_THREADS)
    throw new UsageError(
      `--threads is "${text}". Use whole numbers from 1 to ${MAX_THREADS}, such as --threads 1,2.`,
    );
  return count;
}

function distinct(cells: readonly PlannedCell[]): PlannedCell[] {
  return [...new Map(cells.map((cell) => [cell.id, cell])).values()];
}
