import type { JobName } from "@mobilenet-bench/runner";

/** The logits of a timed output that is right. */
export function timedOutput(logits: Float32Array) {
  return { inference: 1, image: 0, logits, repeated: false, touched: false };
}

/** What a runner that infers nothing but the input says to each job, where these logits are right. */
export function healthyReplies(logits: Float32Array): Readonly<Record<JobName, unknown>> {
  const coldStart = { importMs: 1, loadMs: 2, firstInferenceMs: 3 };
  const worst = timedOutput(logits);
  const cost = { ms: 2, cpuMs: 2 };
  return {
    prepare: {},
    open: { actual: { threads: 1, precision: "fp32" }, coldStart, logits },
    recheck: { logits, worst, memory: { peakRssBytes: 1000 } },
    unseen: { seen: [cost], unseen: [cost], worst },
    infer: { logits: [logits] },
    warmUp: { inferences: 5, stable: true, medianMs: 2, worst },
    block: { samplesMs: [2, 2.1, 2.2], cpuMs: 6.3, busiestShare: 0.98, restCpuMs: 0.5, worst },
    layers: { ms: [["Conv2d_0", 1]] },
    close: {},
    check: {},
  };
}
