import type { Session } from "../contract.ts";
import { DeviceLostError, InputError, SessionError } from "../errors.ts";

/** As much of WebGPU's `GPUDevice` as tells of its loss. */
export interface Losable {
  readonly lost: Promise<{ readonly reason?: string; readonly message: string }>;
}

/** What a lost device breaks is heard of first; that it was lost, within this time. */
const LOST_WITHIN_MS = 1000;

/**
 * The session, with every call failing as the loss that it is once the device is gone: also a call that would
 * otherwise wait for ever, or reject with what the loss broke.
 * @param backend its id, for messages
 */
export function watchDevice(backend: string, device: Losable, session: Session): Session {
  let disposed = false;
  const lost = device.lost.then(({ reason, message }) => {
    throw new DeviceLostError(backend, `${(message || reason || "no reason given").replace(/[.\s]*$/, "")}.`);
  });
  // Whoever waits hears of it; where nobody waits it is no news yet.
  lost.catch(() => {});

  async function guard<T>(call: () => Promise<T>): Promise<T> {
    if (disposed) return call();
    try {
      return await Promise.race([lost, call()]);
    } catch (error) {
      if (!(error instanceof InputError || error instanceof SessionError))
        await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, LOST_WITHIN_MS))]);
      throw error;
    }
  }

  const inferBatch = session.inferBatch?.bind(session);
  const inferLayer = session.inferLayer?.bind(session);
  const layerOutputs = session.layerOutputs?.bind(session);
  const timeLayers = session.timeLayers?.bind(session);
  const memory = session.memory?.bind(session);
  return {
    actual: session.actual,
    infer: (input) => guard(() => session.infer(input)),
    ...(inferBatch && { inferBatch: (input, batch) => guard(() => inferBatch(input, batch)) }),
    ...(inferLayer && { inferLayer: (name, ...inputs) => guard(() => inferLayer(name, ...inputs)) }),
    ...(layerOutputs && { layerOutputs: (input) => guard(() => layerOutputs(input)) }),
    ...(timeLayers && { timeLayers: (input) => guard(() => timeLayers(input)) }),
    ...(memory && { memory: () => guard(memory) }),
    dispose() {
      disposed = true;
      return session.dispose();
    },
  };
}
