import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type Alert,
  alertKey,
  alertSchema,
  type Comparison,
  comparisonSchema,
  dayOf,
  type Night,
  nightSchema,
} from "@mobilenet-bench/results";
import { KEPT_IN, readValidated, StoreError, writeValidated } from "@mobilenet-bench/results/store";

const ALERTS = "alerts";
const NIGHTS = "nights";
/** The Parquet files of months that are over. */
export const ROLL_UPS = "roll-ups";

/**
 * What nights publish: run files at the top, as in `results/data`; beside them comparisons, calibrations, nights, alerts and
 * roll-ups, each in a folder of its own. Nothing in it is ever written by two nights but an alert, when it is closed.
 */
export class DataFolder {
  readonly path: string;
  readonly #onTrouble: (error: StoreError) => void;

  /** @param onTrouble is told of files that are none of ours; they are left alone */
  constructor(path: string, onTrouble: (error: StoreError) => void) {
    this.path = path;
    this.#onTrouble = onTrouble;
  }

  comparisons(): Promise<Comparison[]> {
    return this.#all(KEPT_IN.comparison, (path) => readValidated(path, comparisonSchema));
  }

  /** Open ones, and those that were found gone. */
  alerts(): Promise<Alert[]> {
    return this.#all(ALERTS, (path) => readValidated(path, alertSchema));
  }

  /** Under a name that tells which it is, and when it was opened: one that is opened anew is another. */
  async writeAlert(alert: Alert): Promise<string> {
    const key = `${alertKey(alert)} ${alert.opened.night}`;
    const hash = createHash("sha256").update(key).digest("hex").slice(0, 12);
    const path = join(this.path, ALERTS, `${dayOf(alert.opened.at)}-${hash}.json`);
    await writeValidated(path, alertSchema, alert);
    return path;
  }

  async writeNight(night: Night): Promise<string> {
    const path = join(this.path, NIGHTS, `${night.id}.json`);
    await writeValidated(path, nightSchema, night);
    return path;
  }

  async #all<T>(folder: string, read: (path: string) => Promise<T>): Promise<T[]> {
    const names = await readdir(join(this.path, folder)).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    });
    const values: T[] = [];
    for (const name of names.filter((one) => one.endsWith(".json")).toSorted())
      try {
        values.push(await read(join(this.path, folder, name)));
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        this.#onTrouble(error);
      }
    return values;
  }
}
