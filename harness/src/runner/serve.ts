import { UnsupportedError, type Backend, type Session } from "@mobilenet-bench/backend";
import { timeBlock } from "./block.ts";
import type { BlockRequest, JobName, Jobs, OpenRequest, Opened, Reply, Request } from "./messages.ts";
import { describeFailure } from "./failure.ts";
import { checkLogitsType, checkSession, guarded } from "./guard.ts";
import { makeInputs } from "./inputs.ts";
import { verify } from "./verify.ts";
import { warmUp } from "./warm-up.ts";

/** What a runner's surroundings provide. */
export interface Host {
  /** By id: those that can be loaded there. */
  readonly backends: Readonly<Record<string, () => Promise<Backend>>>;
  /** Peak resident memory of the process, where that can be told. */
  peakRssBytes(): number | null;
}

interface Open {
  /** Of the backend. */
  readonly id: string;
  readonly session: Session;
  readonly input: Float32Array;
}

/** Answers the jobs of one cell: the same code in a child process and in a page. */
export function createRunner(host: Host): (request: Request) => Promise<Reply<JobName>> {
  let open: Open | undefined;

  const current = (): Open => {
    if (!open) throw new Error("[harness] the runner has no session: the first job must be open.");
    return open;
  };
  const infer = () => {
    const { session, input } = current();
    return session.infer(input);
  };
  const inferChecked = async (input = current().input) => {
    const { id, session } = current();
    return checkLogitsType(id, await session.infer(input));
  };

  async function answer(request: Request): Promise<Jobs[JobName]["reply"]> {
    switch (request.job) {
      case "open": {
        const opened = await openSession(request, host);
        open = opened;
        return opened.reply;
      }
      case "verify": {
        const { model, source, options, batch = 1 } = request;
        const backend = await importBackend(request.backend, host);
        return verify(guarded(backend), { ...makeInputs(model, source), seed: source.seed, options, batch });
      }
      case "check":
        return { logits: await inferChecked() };
      case "infer": {
        const logits: Float32Array[] = [];
        for (const input of request.inputs) logits.push(await inferChecked(input));
        return { logits };
      }
      case "warmUp":
        return warmUp(infer, request);
      case "block":
        return { samplesMs: await block(request, infer) };
      case "layers": {
        const { session, input } = current();
        return { ms: session.timeLayers ? [...(await session.timeLayers(input))] : null };
      }
      case "close":
        await open?.session.dispose();
        open = undefined;
        return { peakRssBytes: host.peakRssBytes() };
    }
  }

  return async (request) => {
    try {
      return { ok: true, value: await answer(request) };
    } catch (error) {
      return { ok: false, failure: describeFailure(error) };
    }
  };
}

async function openSession(request: OpenRequest, host: Host): Promise<Open & { reply: Opened }> {
  // Made before the clock starts: a user has weights and a picture at hand.
  const { model, weights, input } = makeInputs(request.model, request.source);

  const importing = performance.now();
  const backend = await importBackend(request.backend, host);
  await backend.prepare?.();
  const loading = performance.now();
  const session = checkSession(request.backend, await backend.load(model, weights, request.options));
  const inferring = performance.now();
  const logits = checkLogitsType(request.backend, await session.infer(input));
  const done = performance.now();
  const coldStart = {
    importMs: loading - importing,
    loadMs: inferring - loading,
    firstInferenceMs: done - inferring,
  };
  return { id: request.backend, session, input, reply: { actual: session.actual, coldStart, logits } };
}

async function importBackend(id: string, { backends }: Host): Promise<Backend> {
  const importer = Object.hasOwn(backends, id) ? backends[id] : undefined;
  if (!importer)
    throw new Error(`[harness] there is no backend "${id}" here. This is a bug; please report it.`);
  const backend = await importer();
  const availability = await backend.availability();
  if (!availability.available)
    throw new UnsupportedError(`backend ${id}`, availability.reason, availability.remedy);
  return backend;
}

async function block({ inferences, settle }: BlockRequest, infer: () => Promise<unknown>): Promise<number[]> {
  for (let i = 0; i < settle; i++) await infer();
  return timeBlock(infer, inferences);
}
