import { THREADS, type Options, type OptionSpec } from "@mobilenet-bench/backend";
import type { InferenceSession } from "onnxruntime-common";

/** Execution providers as the library calls them, with their names in its profiles. */
export const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["cpu", "CPUExecutionProvider"],
  ["cuda", "CUDAExecutionProvider"],
  ["coreml", "CoreMLExecutionProvider"],
  ["dml", "DmlExecutionProvider"],
]);

/**
 * Whether the threads of the pool burn CPU while they wait for work. `run` spins between the layers of an
 * inference and sleeps between inferences: as fast as `on`, the library's own default, which goes on spinning
 * after an inference and so disturbs whatever runs next.
 */
const SPINNING: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ["run", { "session.intra_op.allow_spinning": "1", "session.force_spinning_stop": "1" }],
  ["on", { "session.intra_op.allow_spinning": "1", "session.force_spinning_stop": "0" }],
  ["off", { "session.intra_op.allow_spinning": "0", "session.force_spinning_stop": "0" }],
]);

export const OPTIONS: Readonly<Record<string, OptionSpec>> = {
  threads: THREADS,
  provider: {
    description: "what computes: the processor, an NVIDIA GPU, Apple's Core ML or DirectML",
    default: "cpu",
    values: [...PROVIDERS.keys()],
  },
  spinning: {
    description: "when waiting threads spin: within a run, on (also between runs) or off",
    default: "run",
    values: [...SPINNING.keys()],
  },
};

/** {@link OPTIONS}, settled. */
export interface Settings {
  readonly threads: number;
  readonly provider: string;
  readonly spinning: string;
}

export function settle(options: Options): Settings {
  return {
    threads: Number(options.threads),
    provider: String(options.provider),
    spinning: String(options.spinning),
  };
}

/** Everything stated, also where it is the library's default today. */
export function sessionOptions({ threads, provider, spinning }: Settings) {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableCpuMemArena: true,
    enableMemPattern: true,
    // Fatal errors only: all others come as exceptions too.
    logSeverityLevel: 4,
    extra: { ...SPINNING.get(spinning) },
  } as const satisfies InferenceSession.SessionOptions;
}
