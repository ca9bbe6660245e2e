import type { Fit } from "@mobilenet-bench/results";

/** What a page tells of a machine; it is anonymous. */
export interface MachineFacts {
  readonly id: string;
  /** `AMD EPYC with 2 cores on KVM`. */
  readonly title: string;
  readonly os: string;
  /** That a process may use. */
  readonly cores: number;
  /** Of the newest run that measured it: 1e9 mult-adds per second on one thread, and the style that reached them. */
  readonly peak?: { readonly style: string; readonly gmacs: number };
}

/** A machine that can be chosen. */
export interface MachineChoice extends MachineFacts {
  /** When the newest run began that its figures are of: ISO 8601, UTC; absent where it has none. */
  readonly newest?: string;
}

/** What a page tells of a run. */
export interface RunFacts {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly machine: string;
  readonly suite: string | null;
  readonly commit: string | null;
  readonly dirty: boolean;
  readonly complete: boolean;
  /** Of all statuses. */
  readonly cells: number;
  /** The name of its file; in `runs/` it lies compressed. */
  readonly file: string;
  /** By name: `node`, `v8`. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A line through the cells of one run: figures of different runs are never fitted together. */
export interface SiteFit extends Fit {
  readonly run: string;
}
