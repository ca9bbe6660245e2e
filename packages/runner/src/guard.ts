import type { Actual, Backend, Options, Session } from "@mobilenet-bench/backend";

/** Deeper than anything that describes a session. */
const MOST_LEVELS = 32;
/** Characters of the same, as JSON. */
const MOST_TEXT = 100_000;

/**
 * What `load` returned, if it is a session that tells what it is made of in plain data, and did what was asked.
 * @throws Error that names the backend and what it returned
 */
export function checkSession(id: string, session: Session, { precision = "fp32" }: Options = {}): Session {
  const given: unknown = session;
  if (typeof given !== "object" || given === null)
    throw mistake(id, `load gave ${describe(given)} in place of a session`);
  for (const member of ["infer", "dispose"] as const)
    if (typeof session[member] !== "function")
      throw mistake(id, `its session's ${member} is ${describe(session[member])} in place of a function`);
  const fault = whyNotPlain(session.actual, "actual", []);
  if (fault !== undefined) throw mistake(id, `its session's ${fault}, and not plain data`);
  const nonsense = whyNonsense(session.actual, precision);
  if (nonsense !== undefined) throw mistake(id, `its session's actual.${nonsense}`);
  return session;
}

/** What an inference returned, if it is an array of float32. @throws Error that names the backend and what it returned */
export function checkLogitsType(id: string, logits: unknown): Float32Array {
  if (logits instanceof Float32Array) return logits;
  throw mistake(id, `infer gave ${describe(logits)} in place of a Float32Array`);
}

/** The backend with everything that it returns checked: for what is not timed. */
export function guarded(backend: Backend): Backend {
  const { id } = backend;
  return {
    ...backend,
    availability: () => backend.availability(),
    async load(model, weights, options) {
      const session = checkSession(id, await backend.load(model, weights, options), options);
      return {
        actual: session.actual,
        infer: async (input) => checkLogitsType(id, await session.infer(input)),
        ...(session.inferBatch && { inferBatch: session.inferBatch.bind(session) }),
        ...(session.inferLayer && { inferLayer: session.inferLayer.bind(session) }),
        ...(session.layerOutputs && { layerOutputs: session.layerOutputs.bind(session) }),
        ...(session.timeLayers && { timeLayers: session.timeLayers.bind(session) }),
        ...(session.memory && { memory: session.memory.bind(session) }),
        dispose: () => session.dispose(),
      };
    },
  };
}

/** What no session can be, as a fact about it. @param asked the precision that was asked for */
function whyNonsense(actual: Actual, asked: Options[string]): string | undefined {
  const { threads, precision, executedMultAdds = 1 } = actual;
  if (!Number.isInteger(threads) || threads < 1) return `threads is ${threads}; it has one at least`;
  if (!(executedMultAdds > 0))
    return `executedMultAdds is ${executedMultAdds}, and nothing is executed so often`;
  // Float64 is what float32 was asked of, and more.
  if (precision !== asked && !(precision === "fp64" && asked === "fp32"))
    return `precision is ${precision} where ${asked} was asked for: refuse what you cannot do`;
  const { length } = JSON.stringify(actual);
  if (length > MOST_TEXT) return `text is ${length} characters long, of ${MOST_TEXT} at most`;
  return undefined;
}

/** Where a value is none of JSON's, as a fact about it; undefined where all of it is. */
function whyNotPlain(value: unknown, path: string, above: readonly unknown[]): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== "object") return `${path} is ${describe(value)}`;
  if (above.includes(value)) return `${path} refers back to itself`;
  if (above.length > MOST_LEVELS) return `${path} is more than ${MOST_LEVELS} levels deep`;
  const isPlain = Array.isArray(value) || isPlainPrototype(Object.getPrototypeOf(value));
  if (!isPlain) return `${path} is ${describe(value)}`;
  for (const [key, inner] of Object.entries(value)) {
    const fault = whyNotPlain(inner, `${path}.${key}`, [...above, value]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isPlainPrototype(prototype: unknown): boolean {
  return prototype === null || prototype === Object.prototype;
}

/** "undefined", "a number", "an Array of 1000 values". */
function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  const name = value.constructor?.name || "object without a class";
  const count = "length" in value && typeof value.length === "number" ? ` of ${value.length} values` : "";
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}${count}`;
}

function mistake(id: string, fact: string): Error {
  return new Error(
    `[backend-${id}] ${fact}. Mend the backend: see Session in packages/backend/src/contract.ts.`,
  );
}
