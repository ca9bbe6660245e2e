import type { MachineFacts, RunFacts, SiteFit } from "./facts.ts";
import type { SiteCell } from "./site-cell.ts";

/** The newest figures of one machine: what `latest/MACHINE.json` holds, decoded. */
export interface Latest {
  readonly machine: MachineFacts;
  /** Those that cells are of, the newest first. */
  readonly runs: readonly RunFacts[];
  /** In the order of tables: most mult-adds first, the fastest first within a model. */
  readonly cells: readonly SiteCell[];
  readonly fits: readonly SiteFit[];
  /**
   * By cell id, the cells of its model that are surely faster: in the same run, round by round, or by what is known of different
   * runs. From this alone ranks among any cells that are shown are told anew.
   */
  readonly surelyFaster: SurelyFaster;
}

/** By cell id, the ids of those that are surely faster. */
export type SurelyFaster = ReadonlyMap<string, ReadonlySet<string>>;
