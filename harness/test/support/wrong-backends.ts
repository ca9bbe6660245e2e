import { reference, THREADS, type Backend, type Session } from "@mobilenet-bench/backend";
import type { Model } from "@mobilenet-bench/spec";
import {
  createRunner,
  PROTOCOL_VERSION,
  REPLY_VALUES,
  type JobName,
  type Reply,
  type Request,
} from "@mobilenet-bench/runner";
import type { Target } from "../../src/target/target.ts";

/** Members of a session that behave otherwise. @param loads sessions that were loaded before, in any process */
export type Change = (session: Session, model: Model, loads: number) => Partial<Session>;

/** The reference with a fault; it takes any number of threads. */
export function wrongBackend(change: Change): Backend {
  let loads = 0;
  return {
    ...reference,
    options: { threads: THREADS },
    load: async (model, weights) => {
      const session = await reference.load(model, weights);
      const { inferBatch, inferLayer, layerOutputs } = session;
      return {
        actual: session.actual,
        infer: (input) => session.infer(input),
        ...(inferBatch && { inferBatch: inferBatch.bind(session) }),
        ...(inferLayer && { inferLayer: inferLayer.bind(session) }),
        ...(layerOutputs && { layerOutputs: layerOutputs.bind(session) }),
        dispose: () => session.dispose(),
        ...change(session, model, loads++),
      };
    },
  };
}

/** A target whose runners answer within this process, with this backend in the place of every other. */
export function targetOf(backend: Backend, id = "node"): Target {
  return {
    id,
    summary: "answers within the test",
    platform: "node",
    availability: () => Promise.resolve({ available: true }),
    open: (purpose) => {
      const answer = createRunner({
        backends: { [purpose.backend]: () => Promise.resolve(backend) },
        peakRssBytes: () => null,
        cpuMs: () => null,
        threadsCpuMs: () => new Map(),
      });
      return Promise.resolve({
        kill: () => Promise.resolve(),
        async request<N extends JobName>(job: N, details: object): Promise<Reply<N>> {
          const reply = await answer({ protocol: PROTOCOL_VERSION, job, ...details } as Request);
          return reply.ok ? { ok: true, value: REPLY_VALUES[job].parse(reply.value) } : reply;
        },
      });
    },
  };
}

/** Logits, one of them off by so much. */
export async function shifted(logits: Promise<Float32Array>, index: number, by: number) {
  const values = await logits;
  return values.with(index, values[index]! + by);
}
