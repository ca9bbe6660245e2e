import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseCellId, type ComparedBuild } from "@mobilenet-bench/results";
import type { Build } from "../builds/build.ts";
import { BuildStore } from "../builds/build-store.ts";
import { parseBuildWord, type BuildSource } from "../builds/build-word.ts";
import { gitOf } from "../builds/git.ts";
import { refuseForeignProtocol } from "../builds/job-protocol.ts";
import { obtainBuild } from "../builds/obtain-build.ts";
import { captureEnvironment } from "../environment/environment.ts";
import { stateFolder } from "../folders.ts";
import { PAIR_PROTOCOL } from "../pair/pair-protocol.ts";
import type { Pairing } from "../pair/pairing.ts";
import { planCell, withNetwork } from "../plan/cell.ts";
import { makePlan, type Filters } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { measuresSoftwareGpus } from "../plan/suites.ts";
import { NAMED_BACKENDS } from "../registry/backends.ts";
import type { Given } from "../run/given.ts";
import { filesOf, readAgain } from "../run/given-files.ts";
import type { BrowserOptions } from "../target/browser/browser-options.ts";
import { createTargets } from "../target/targets.ts";
import { UsageError } from "../usage-error.ts";
import { openSide, type ComparedSide } from "./compared-side.ts";
import { withDefaultCells } from "./default-cells.ts";
import { LiveJournal, type ComparisonStart } from "./live-journal.ts";
import { pairCells, type Sides } from "./pair-cells.ts";

/** A comparison that this process measures, and nobody else. */
export interface OpenComparison {
  readonly journal: LiveJournal;
  readonly pairings: readonly Pairing[];
  readonly given: Given;
}

/** What a command line says of a comparison of builds. */
export interface LiveRequest {
  readonly base: string;
  readonly candidate: string;
  readonly filters: Filters;
  readonly given: Given;
  readonly seed: number;
  readonly strict: boolean;
  readonly browser: ComparisonStart["browser"];
}

/** Where builds are made, who is told, and what ends it. */
export interface LiveRoom {
  /** The root of the calling checkout. */
  readonly clone: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Finished comparisons, and the folders of those that are not. */
export function comparisonsFolder(): string {
  return join(stateFolder(), "comparisons");
}

/**
 * Builds both sides, asks both what they have, and writes down what is to be compared; nothing is measured yet.
 * @throws UsageError where a word names nothing, a build fails, or one cannot be driven by this harness
 */
export async function startLive(request: LiveRequest, room: LiveRoom): Promise<OpenComparison> {
  const { seed, given, strict, browser } = request;
  const network = given.weights?.model;
  const sources = await Promise.all(
    [request.base, request.candidate].map((word) => parseBuildWord(word, gitOf(room.clone))),
  );
  // Before anything is built, so that a wrong name costs nothing.
  const { filters, known } = await resolveNames(
    withDefaultCells(request.filters, sources, network),
    createTargets(optionsOf(browser)),
  );
  const plan = await makePlan(filters, known, network);
  const outside = plan.cells.find(({ from }) => from.module !== undefined);
  if (outside)
    throw new UsageError(
      `${outside.backend} is from outside of both builds, and the same in both. Leave it out.`,
    );
  const sides = await openSides([request.base, request.candidate], sources, optionsOf(browser), room);
  const isNamed = (request.filters.cells?.length ?? 0) > 0 || request.filters.backend !== undefined;
  const { pairings, without } = await pairCells(plan.cells, sides, {
    softwareGpus: isNamed && measuresSoftwareGpus(plan.suite),
    signal: room.signal,
  });
  const now = new Date();
  const journal = await LiveJournal.create(comparisonsFolder(), {
    version: 1,
    id: `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${seed}-${randomBytes(3).toString("hex")}`,
    startedAt: now.toISOString(),
    seed,
    ...filesOf(given),
    protocol: PAIR_PROTOCOL,
    environment: await captureEnvironment(room.clone),
    base: describe(sides.base),
    candidate: describe(sides.candidate),
    cells: pairings.map(({ base }) => base.id),
    without: [...without],
    demands: plan.demands,
    strict,
    browser,
  });
  return { journal, pairings, given };
}

/**
 * Takes up an interrupted comparison, of the same two builds.
 * @param id or "last"
 * @throws UsageError where there is none, or what a word or an option names has changed since
 */
export async function resumeLive(id: string, room: LiveRoom): Promise<OpenComparison> {
  const journal = await LiveJournal.open(comparisonsFolder(), id);
  try {
    const { base, candidate, browser, cells } = journal.start;
    // Before anything is built.
    const given = await readAgain(journal.start, "comparison");
    const words = [base, candidate].map(({ kind, commit, word }) =>
      kind === "ref" && commit !== null ? commit : word,
    );
    const sources = await Promise.all(words.map((word) => parseBuildWord(word, gitOf(room.clone))));
    const sides = await openSides(words, sources, optionsOf(browser), room);
    refuseChanged(base, sides.base.build);
    refuseChanged(candidate, sides.candidate.build);
    const planOn = (side: ComparedSide, cell: string) =>
      withNetwork(
        planCell(parseCellId(cell), { backends: NAMED_BACKENDS, targets: side.targets }),
        given.weights?.model,
      );
    const pairings = cells.map((cell) => ({
      base: planOn(sides.base, cell),
      candidate: planOn(sides.candidate, cell),
    }));
    return { journal, pairings, given };
  } catch (error) {
    await journal.leave();
    throw error;
  }
}

async function openSides(
  [base = "", candidate = ""]: readonly string[],
  [baseSource, candidateSource]: readonly BuildSource[],
  browser: BrowserOptions,
  { clone, say, signal }: LiveRoom,
): Promise<Sides> {
  if (!baseSource || !candidateSource) throw new UsageError("Name two builds.");
  const store = new BuildStore({ folder: join(stateFolder(), "builds"), say });
  const room = { clone, git: gitOf(clone), store, say, signal };
  const builds = {
    base: await obtainBuild(base, baseSource, room),
    candidate: await obtainBuild(candidate, candidateSource, room),
  };
  await refuseForeignProtocol(builds.base);
  await refuseForeignProtocol(builds.candidate);
  return {
    base: await openSide(builds.base, browser),
    candidate: await openSide(builds.candidate, browser),
  };
}

function describe({ build, libraries }: ComparedSide): ComparedBuild {
  const { word, kind, commit, dirty, identity } = build;
  return { word, kind, commit, dirty, identity, libraries: { ...libraries } };
}

function refuseChanged({ word, identity }: ComparedBuild, now: Build): void {
  if (identity !== now.identity)
    throw new UsageError(
      `${word} is no longer what it was when the comparison began. Restore it, or start a new comparison.`,
    );
}

function optionsOf({ headed, browserPath, browserArgs }: ComparisonStart["browser"]): BrowserOptions {
  return {
    ...(headed && { headed }),
    ...(browserPath !== undefined && { path: browserPath }),
    ...(browserArgs && { args: browserArgs }),
  };
}
