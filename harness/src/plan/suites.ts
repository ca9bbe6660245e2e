import { formatModelName } from "@mobilenet-bench/spec";
import type { ProtocolName } from "../protocol.ts";
import type { AxisValues } from "./axes.ts";

/** A named list of cells, as data: all of its parts, each cell once. */
export interface Suite {
  readonly description: string;
  readonly protocol: ProtocolName;
  /** Whether it measures cells whose GPU is a processor: they take long and measure no GPU. */
  readonly softwareGpus: boolean;
  /** Of what takes long: left to histories, with fewer sets; without this, all cells are measured in all sets. */
  readonly slow?: SlowCells;
  /** Where it is meant for several machines: what each may take, and how many there are at the most. */
  readonly shards?: ShardLimits;
  readonly parts: readonly SuitePart[];
}

/** What makes a cell a slow one, and what is measured of it. */
export interface SlowCells {
  /** Milliseconds of an inference; cells on software GPUs are slow ones whatever they take. */
  readonly aboveMs: number;
  readonly sets: number;
}

/** How a suite is divided over machines. */
export interface ShardLimits {
  readonly most: number;
  /** Wall time of each, on two cores. */
  readonly minutes: number;
}

/** The product of its lists, less what it leaves out. */
export interface SuitePart {
  readonly models: readonly string[];
  /** Globs over backend ids. */
  readonly backends: readonly string[];
  readonly targets: readonly string[];
  /** What is not the default only for backends that have it. */
  readonly axes?: AxisValues;
  /** Globs over cell ids. */
  readonly except?: readonly string[];
}

const ALPHAS = [1, 0.75, 0.5, 0.25];
const RESOLUTIONS = [224, 192, 160, 128];

/** The 16 models of the paper's trade-off between accuracy and cost. */
export const SWEEP_MODELS = ALPHAS.flatMap((alpha) =>
  RESOLUTIONS.map((resolution) => formatModelName({ alpha, resolution })),
);
/** The paper's networks beside the family: full convolutions, and five blocks fewer (its Tables 4 and 5). */
export const VARIANT_MODELS = ["mobilenet_v1_1.0_224_conv", "mobilenet_v1_1.0_224_shallow"];

/** The reference is the definition of correct, not a competitor. */
const COMPETITORS = ["!reference"];
/** What runs in any browser and asks for no GPU, whose place a slow processor may take. */
const PAGES_ON_PROCESSORS = ["ts", "wasm", "tfjs-wasm", "ort-wasm"];

/** The named lists of cells: another one is another entry. */
export const SUITES = {
  quick: {
    description:
      "three models on every backend in Node, one of them in Chromium too, one thread: a first table in about two minutes",
    protocol: "quick",
    softwareGpus: false,
    parts: [
      {
        models: ["mobilenet_v1_1.0_224", "mobilenet_v1_0.5_160", "mobilenet_v1_0.25_128"],
        backends: COMPETITORS,
        targets: ["node"],
        // Seconds per inference: it alone would take half of the two minutes.
        except: ["mobilenet_v1_1.0_224/tfjs-cpu/*"],
      },
      {
        models: ["mobilenet_v1_0.5_160"],
        backends: PAGES_ON_PROCESSORS,
        targets: ["chrome"],
      },
    ],
  },
  sweep: {
    description: "the paper's 16 models on every backend, one thread",
    protocol: "standard",
    softwareGpus: true,
    parts: [{ models: SWEEP_MODELS, backends: COMPETITORS, targets: ["node"] }],
  },
  nightly: {
    description:
      "the 16 models and both variants on every backend in Node, one and two threads, and three models in Chromium, for publication",
    protocol: "thorough",
    softwareGpus: true,
    slow: { aboveMs: 300, sets: 2 },
    shards: { most: 8, minutes: 30 },
    parts: [
      {
        models: [...SWEEP_MODELS, ...VARIANT_MODELS],
        backends: COMPETITORS,
        targets: ["node"],
        axes: { threads: [1, 2] },
        // Plain JavaScript on one thread: a second one is refused, and the largest network takes a minute each time.
        except: ["*_conv/tfjs-cpu/*", "*/tfjs-cpu/*threads=*"],
      },
      {
        models: ["mobilenet_v1_1.0_224", "mobilenet_v1_0.5_160", "mobilenet_v1_0.25_128"],
        backends: COMPETITORS,
        targets: ["chrome"],
        // The largest takes minutes to load and to warm up where a processor plays the part of the GPU.
        except: ["mobilenet_v1_1.0_224/{tfjs-cpu,tfjs-webgpu,ort-webgpu}/chrome"],
      },
    ],
  },
} as const satisfies Record<string, Suite>;

/** As `--suite` and run files have it. */
export type SuiteName = keyof typeof SUITES;

/** Whether this program has such a suite: run files may name suites of other versions. */
export function isSuiteName(name: string): name is SuiteName {
  return Object.hasOwn(SUITES, name);
}

/** What a suite says of cells that take long; nothing where no suite chose them. */
export function slowCellsOf(suite: string | null): SlowCells | undefined {
  return suiteNamed(suite)?.slow;
}

/** How a suite is divided over machines; nothing where it is meant for one. */
export function shardLimitsOf(suite: string | null): ShardLimits | undefined {
  return suiteNamed(suite)?.shards;
}

function suiteNamed(name: string | null): Suite | undefined {
  return name !== null && isSuiteName(name) ? SUITES[name] : undefined;
}

/** What no suite chose was named: it is measured on whatever there is. */
export function measuresSoftwareGpus(suite: string | null): boolean {
  return suiteNamed(suite)?.softwareGpus ?? true;
}
