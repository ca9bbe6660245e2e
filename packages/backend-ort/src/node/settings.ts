import { THREADS, type OptionSpecs, type ResolvedOptions } from "@mobilenet-bench/backend";
import type { InferenceSession } from "onnxruntime-common";

/** Execution providers as the library calls them, with their names in its profiles. */
export const PROVIDERS = {
  cpu: "CPUExecutionProvider",
  cuda: "CUDAExecutionProvider",
  coreml: "CoreMLExecutionProvider",
  dml: "DmlExecutionProvider",
} as const;

/**
 * Whether the threads of the pool burn CPU while they wait for work. `run` spins between the layers of an
 * inference and sleeps between inferences: as fast as `on`, the library's own default, which goes on spinning
 * after an inference and so disturbs whatever runs next.
 */
const SPINNING = {
  run: { "session.intra_op.allow_spinning": "1", "session.force_spinning_stop": "1" },
  on: { "session.intra_op.allow_spinning": "1", "session.force_spinning_stop": "0" },
  off: { "session.intra_op.allow_spinning": "0", "session.force_spinning_stop": "0" },
} as const;

export const OPTIONS = {
  threads: THREADS,
  provider: {
    description: "what computes: the processor, an NVIDIA GPU, Apple's Core ML or DirectML",
    default: "cpu",
    values: ["cpu", "cuda", "coreml", "dml"] satisfies (keyof typeof PROVIDERS)[],
  },
  spinning: {
    description: "when waiting threads spin: within a run, on (also between runs) or off",
    default: "run",
    values: ["run", "on", "off"] satisfies (keyof typeof SPINNING)[],
  },
} as const satisfies OptionSpecs;

/** {@link OPTIONS}, settled. */
export type Settings = ResolvedOptions<typeof OPTIONS>;

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
    extra: SPINNING[spinning],
  } as const satisfies InferenceSession.SessionOptions;
}
