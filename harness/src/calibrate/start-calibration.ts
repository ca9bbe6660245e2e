import { randomBytes } from "node:crypto";
import { CALIBRATION_VERSION, type CalibrationStart } from "@mobilenet-bench/results";
import { captureEnvironment } from "../environment/environment.ts";
import { calibrationsFolder, projectFolder } from "../folders.ts";
import { PAIR_PROTOCOL } from "../pair/pair-protocol.ts";
import type { PlannedCell } from "../plan/cell.ts";
import { modulesOf, refuseOtherModules } from "../run/outside-modules.ts";
import { Part } from "../run/parts.ts";
import { CHANGED_CLONE, refuseOtherBuild } from "../run/same-build.ts";
import { whyCellTooLarge } from "../run/too-large.ts";
import { UsageError } from "../usage-error.ts";
import { CalibrationFolder, type KeptStart } from "./calibration-folder.ts";

/** A calibration that this process records, and nobody else. */
export interface OpenCalibration {
  readonly folder: CalibrationFolder;
  readonly part: Part;
}

/** What is calibrated without other words: our own kernels and native code, on one thread. */
export const DEFAULT_CELLS = ["mobilenet_v1_0.5_160/wasm/node", "mobilenet_v1_0.5_160/ort-node/node"];
/** Pairs in a row: as many as a comparison takes at the most. */
const STRETCH = Math.max(...PAIR_PROTOCOL.looks);

type Asked = Pick<CalibrationStart, "seed" | "slowDowns" | "pairs" | "besideLoad"> &
  Pick<KeptStart, "browser" | "output">;

/**
 * Begins a calibration: its environment is captured and its plan stored before anything is recorded.
 * @throws UsageError where no process here could hold a cell: it would fail however often it were tried
 */
export async function startCalibration(
  cells: readonly PlannedCell[],
  asked: Asked,
): Promise<OpenCalibration> {
  for (const cell of cells) {
    const failure = whyCellTooLarge(cell);
    if (failure) throw new UsageError(`${failure.reason} ${failure.remedy ?? ""}`.trimEnd());
  }
  const now = new Date();
  const environment = await captureEnvironment(projectFolder());
  const end = randomBytes(3).toString("hex");
  const folder = await CalibrationFolder.create(calibrationsFolder(), {
    kind: "start",
    version: CALIBRATION_VERSION,
    id: `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${asked.seed}-${end}`,
    startedAt: now.toISOString(),
    cells: cells.map(({ id }) => id),
    stretch: STRETCH,
    protocol: PAIR_PROTOCOL,
    environment,
    modules: await modulesOf(cells),
    ...asked,
  });
  return { folder, part: await Part.begin(folder.parts, environment, now) };
}

/**
 * Takes up an interrupted calibration, on the machine and with the program that began it.
 * @param id or "last"
 * @param say is told what a user should know
 * @throws UsageError where there is none, it is still being recorded, or its pairs would not belong together
 */
export async function resumeCalibration(id: string, say: (text: string) => void): Promise<OpenCalibration> {
  const folder = await CalibrationFolder.open(calibrationsFolder(), id);
  const environment = await captureEnvironment(projectFolder());
  refuseOtherBuild(folder.start.environment, environment);
  await refuseOtherModules(folder.start.modules, "calibration");
  if (folder.start.environment.dirty && environment.dirty) say(CHANGED_CLONE);
  return { folder, part: await Part.begin(folder.parts, environment) };
}
