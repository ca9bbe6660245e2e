import { UnsupportedError, type Backend, type Expected, type Session } from "@mobilenet-bench/backend";
import type { Memory } from "@mobilenet-bench/results";
import { BareLoop } from "./bare-loop.ts";
import { jobFailureOf } from "./failure.ts";
import type { TimedImages } from "./feed.ts";
import { prepareInputs, type PreparedInputs } from "./prepared-inputs.ts";
import { checkLogitsType, checkSession, guarded } from "./guard.ts";
import { makeInputs, timedImages } from "./inputs.ts";
import type { JobName, Jobs, OpenRequest, Opened, Reply, Request } from "./jobs.ts";
import type { TimedOutput } from "./outputs.ts";
import { checkVersion, PROTOCOL_VERSION } from "./protocol-version.ts";
import { slowedSession } from "./slowed.ts";
import { TimedSession, type ProcessorClock, type UnderClock } from "./timed-session.ts";
import { check } from "./check.ts";
import { warmUp } from "./warm-up.ts";

/** What a runner's surroundings provide. */
export interface Host extends ProcessorClock {
  /** By id: those that can be loaded there. */
  readonly backends: Readonly<Record<string, () => Promise<Backend>>>;
  /** Of modules from outside, by URL; absent where none can be loaded. */
  readonly importModule?: (url: string) => Promise<Backend>;
  /** The largest resident set of the process and of no other, where that can be told. */
  peakRssBytes(): number | null;
}

/** A reply as it crosses the wire. */
export type Answer = Reply<JobName> & { readonly protocol: number };

interface Open {
  /** Of the backend. */
  readonly id: string;
  readonly session: Session;
  readonly input: Float32Array;
  /** The images that timed inferences are made of, made when they are needed. */
  readonly images: () => TimedImages;
  readonly seed: number;
  readonly bareLoop: boolean;
  /** Since the warm-up. */
  timed?: UnderClock;
}

const FROM_OUTSIDE = "Modules from outside cannot be loaded here.";

/** Answers the jobs of one cell: the same code in a child process and in a page. */
export function createRunner(host: Host): (request: Request) => Promise<Answer> {
  let open: Open | undefined;
  let prepared: PreparedInputs | undefined;

  const current = (): Open => {
    if (!open) throw new Error("[runner] the runner has no session: the first job must be open.");
    return open;
  };
  const timedSession = (): UnderClock => {
    const { timed } = current();
    if (!timed) throw new Error("[runner] nothing is timed yet: the warm-up must come first.");
    return timed;
  };
  const inferChecked = async (input = current().input) => {
    const { id, session } = current();
    return checkLogitsType(id, await session.infer(input));
  };

  async function answer(request: Request): Promise<Jobs[JobName]["reply"]> {
    switch (request.job) {
      case "prepare":
        prepared = prepareInputs(request);
        return {};
      case "open": {
        const ready = prepared;
        // What a session does not keep shall be freed.
        prepared = undefined;
        const opened = await openSession(request, host, ready);
        open = opened;
        return opened.reply;
      }
      case "check": {
        const { model, source, options, batch = 1 } = request;
        const backend = await importBackend(request, host);
        return check(guarded(backend), { ...makeInputs(model, source), seed: source.seed, options, batch });
      }
      case "recheck": {
        const session = timedSession();
        await session.time(1);
        const logits = await inferChecked();
        return { logits, worst: worstOf(session), memory: await memoryOf(current().session, host) };
      }
      case "unseen": {
        const session = timedSession();
        return { ...(await session.timeUnseen(request.blend)), worst: worstOf(session) };
      }
      case "infer": {
        const logits: Float32Array[] = [];
        for (const input of request.inputs) logits.push(await inferChecked(input));
        return { logits };
      }
      case "warmUp": {
        const cell = current();
        const session = (cell.timed = timeSession(cell, request.expected, host));
        const result = await warmUp(async (count) => (await session.time(count)).samplesMs, request);
        return { ...result, worst: worstOf(session) };
      }
      case "block": {
        const session = timedSession();
        const restCpuMs = session.restCpuMs();
        if (request.settle > 0) await session.time(request.settle);
        const timed = await session.time(request.inferences);
        return { ...timed, restCpuMs, worst: worstOf(session) };
      }
      case "layers": {
        const { session, input } = current();
        return { ms: session.timeLayers ? [...(await session.timeLayers(input))] : null };
      }
      case "close":
        await open?.session.dispose();
        open = undefined;
        return {};
    }
  }

  return async (request) => {
    try {
      checkVersion(request, "harness");
      return { protocol: PROTOCOL_VERSION, ok: true, value: await answer(request) };
    } catch (error) {
      return { protocol: PROTOCOL_VERSION, ok: false, failure: jobFailureOf(error) };
    }
  };
}

async function openSession(
  request: OpenRequest,
  host: Host,
  prepared?: PreparedInputs,
): Promise<Open & { reply: Opened }> {
  // Made before the clock starts: a user has weights and a picture at hand.
  const source = prepared?.sourceOf(request) ?? request.source;
  const { model, weights, input } = makeInputs(request.model, source);

  const importing = performance.now();
  const backend = await importBackend(request, host);
  await backend.prepare?.();
  const loading = performance.now();
  const loaded = checkSession(
    request.backend,
    await backend.load(model, weights, request.options),
    request.options,
  );
  const session = request.slowDown === undefined ? loaded : slowedSession(loaded, request.slowDown);
  const { bareLoop = false } = request;
  const inferring = performance.now();
  const logits = checkLogitsType(request.backend, await session.infer(input));
  const done = performance.now();
  const coldStart = {
    importMs: loading - importing,
    loadMs: inferring - loading,
    firstInferenceMs: done - inferring,
  };
  const { seed } = request.source;
  const images = () => timedImages(model.resolution, { seed, picture: input });
  const actual = bareLoop ? { ...session.actual, bareLoop } : session.actual;
  const reply = { actual, coldStart, logits };
  return { id: request.backend, session, input, images, seed, bareLoop, reply };
}

async function importBackend({ backend: id, module }: OpenRequest, host: Host): Promise<Backend> {
  const backend = await importerOf(id, module, host)();
  const availability = await backend.availability();
  if (!availability.available)
    throw new UnsupportedError(`backend-${id}`, availability.reason, availability.remedy);
  return backend;
}

function importerOf(id: string, module: string | undefined, { backends, importModule }: Host) {
  if (module !== undefined) {
    if (!importModule) throw new UnsupportedError(`backend-${id}`, FROM_OUTSIDE, "Use the target node.");
    return () => importModule(module);
  }
  const importer = Object.hasOwn(backends, id) ? backends[id] : undefined;
  if (!importer)
    throw new Error(`[runner] there is no backend "${id}" here. This is a bug; please report it.`);
  return importer;
}

function timeSession(
  { id, session, images, seed, bareLoop }: Open,
  expected: readonly Expected[],
  clock: ProcessorClock,
): UnderClock {
  const options = { id, images: images(), expected, seed, clock };
  return bareLoop ? new BareLoop(session, options) : new TimedSession(session, options);
}

async function memoryOf(session: Session, host: Host): Promise<Memory> {
  const peakRssBytes = host.peakRssBytes();
  return { ...(await session.memory?.()), ...(peakRssBytes !== null && { peakRssBytes }) };
}

function worstOf(session: UnderClock): TimedOutput {
  const worst = session.takeWorst();
  if (!worst) throw new Error("[runner] no inference was timed. This is a bug; please report it.");
  return worst;
}
