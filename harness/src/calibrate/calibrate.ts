import { fileURLToPath } from "node:url";
import type { Expected } from "@mobilenet-bench/backend";
import { parseCellId, type CalibrationLine } from "@mobilenet-bench/results";
import { RunnerDied } from "@mobilenet-bench/runner";
import { startChild } from "../child/child.ts";
import { preparePairing, type PreparedPairing } from "../pair/pairing.ts";
import { recordPair } from "../pair/record-pair.ts";
import { planCell } from "../plan/cell.ts";
import { computeExpected } from "../run/expected.ts";
import { backendsWith } from "../run/outside-modules.ts";
import type { Part } from "../run/parts.ts";
import { CellFailed, toFailure, type Failure } from "../target/failure.ts";
import type { Target } from "../target/target.ts";
import type { CalibrationFolder, PairJournal } from "./calibration-folder.ts";
import { openedWith } from "../target/opened-with.ts";
import { stretchesOf, type Stretch } from "./stretches.ts";

/** Built: processes run no TypeScript. */
const SPIN = fileURLToPath(new URL("../../dist/calibrate/spin-main.js", import.meta.url));

/** Where runners are opened, what ends a calibration, and who is told. */
export interface CalibrationHooks {
  readonly signal: AbortSignal;
  /** Called once for each side: in browsers each side has one of its own. */
  readonly targets: () => Readonly<Record<string, Target>>;
  readonly onPair: (line: CalibrationLine) => void;
  readonly onStretch: (stretch: Stretch) => void;
  /** A cell that failed: none of its other pairs are recorded. */
  readonly onFailure: (cell: string, failure: Failure) => void;
  readonly expect?: typeof computeExpected;
}

/**
 * Records what is not recorded yet.
 * @returns the cells that failed, with why; whoever goes on tries them again
 * @throws WriteError where a pair cannot be kept
 */
export async function recordCalibration(
  folder: CalibrationFolder,
  part: Part,
  hooks: CalibrationHooks,
): Promise<ReadonlyMap<string, Failure>> {
  const failures = new Map<string, Failure>();
  const recorded = countBySeries(await folder.lines());
  const journal = await folder.journal(part);
  const load = folder.start.besideLoad ? startChild(SPIN) : undefined;
  const prepare = preparer(folder, hooks);
  try {
    for (const stretch of stretchesOf(folder.start)) {
      if (hooks.signal.aborted) break;
      const from = Math.max(stretch.from, recorded.get(keyOf(stretch)) ?? 0);
      if (failures.has(stretch.cell) || from >= stretch.to) continue;
      try {
        await recordStretch({ ...stretch, from }, await prepare(stretch), { folder, journal, hooks });
        hooks.onStretch(stretch);
      } catch (error) {
        if (hooks.signal.aborted) break;
        if (!isOfCell(error)) throw error;
        const failure = toFailure(error);
        failures.set(stretch.cell, failure);
        hooks.onFailure(stretch.cell, failure);
      }
    }
    return failures;
  } finally {
    await journal.close();
    await load?.kill();
  }
}

interface Recording {
  readonly folder: CalibrationFolder;
  readonly journal: PairJournal;
  readonly hooks: CalibrationHooks;
}

async function recordStretch(
  { cell, slowDown, from, to }: Stretch,
  pairing: PreparedPairing,
  { folder, journal, hooks: { signal, onPair } }: Recording,
): Promise<void> {
  const { protocol, seed } = folder.start;
  for (let pair = from; pair < to; pair++) {
    const record = await recordPair(pairing, { pair, seed, protocol, signal, tryUnseen: pair === 0 });
    const line = { kind: "pair", cell, slowDown, record } as const;
    await journal.append(line);
    onPair(line);
  }
}

/** Both sides are wrapped alike: what the wrapping itself costs is no difference between them. */
function preparer(
  { start }: CalibrationFolder,
  { targets, signal, expect = computeExpected }: CalibrationHooks,
) {
  const backends = backendsWith(start.modules);
  const [ofBase, ofCandidate] = [targets(), targets()];
  const references = new Map<string, Promise<readonly Expected[]>>();
  const computeOnce: typeof computeExpected = (model, source, precision, signal) => {
    const key = JSON.stringify([model.name, precision]);
    const known = references.get(key) ?? expect(model, source, precision, signal);
    references.set(key, known);
    return known;
  };
  return async ({ cell, slowDown }: Stretch) => {
    const side = (on: Readonly<Record<string, Target>>, share: number) => {
      const planned = planCell(parseCellId(cell), { backends, targets: on });
      return { ...planned, on: openedWith(planned.on, { slowDown: share }) };
    };
    const pairing = { base: side(ofBase, 0), candidate: side(ofCandidate, slowDown) };
    return preparePairing(pairing, { seed: start.seed }, { expect: computeOnce, signal });
  };
}

/** Everything else, a full disk above all, ends the calibration. */
function isOfCell(error: unknown): boolean {
  return error instanceof CellFailed || error instanceof RunnerDied;
}

function countBySeries(lines: readonly CalibrationLine[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(lines, keyOf)].map(([key, own]) => [key, own.length]));
}

function keyOf({ cell, slowDown }: Pick<Stretch, "cell" | "slowDown">): string {
  return `${cell} ${slowDown}`;
}
