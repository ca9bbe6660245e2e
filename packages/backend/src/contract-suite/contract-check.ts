import type { Backend, Options, Session } from "../contract.ts";

/** One promise of the contract. */
export interface ContractCheck {
  /** Reads as a sentence about the backend: "returns arrays of the caller's own". */
  readonly name: string;
  /**
   * @param options given to every load
   * @throws ContractError where the promise is broken, NotApplicable where the backend need not keep it
   */
  readonly run: (backend: Backend, options: Options) => Promise<void>;
}

/** A promise of the contract that a backend breaks. */
export class ContractError extends Error {
  override readonly name = "ContractError";
}

/** An optional ability that a backend does without. */
export class NotApplicable extends Error {
  override readonly name = "NotApplicable";
}

/** @throws ContractError unless `condition` holds */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ContractError(message);
}

type ErrorClass = new (...args: never[]) => Error;

/** @throws ContractError unless the call rejects with an error of this class */
export async function assertRejects(call: () => Promise<unknown>, kind: ErrorClass, what: string) {
  try {
    await call();
  } catch (error) {
    if (error instanceof kind) return;
    throw new ContractError(`${what} is refused with ${describe(error)} instead of ${kind.name}.`, {
      cause: error,
    });
  }
  throw new ContractError(`${what} is accepted instead of refused with ${kind.name}.`);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name} (${error.message})` : String(error);
}

/** The optional members of a session. */
export type Ability = "inferBatch" | "inferLayer" | "layerOutputs" | "timeLayers" | "memory";

/** The session as one that has the ability. @throws NotApplicable where it has not */
export function requireAbility<A extends Ability>(
  session: Session,
  ability: A,
): asserts session is Session & Required<Pick<Session, A>> {
  if (!session[ability]) throw new NotApplicable(`The session has no ${ability}.`);
}
