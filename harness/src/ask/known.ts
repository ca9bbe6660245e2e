import { askBackends, type Answer } from "./ask-backends.ts";
import type { Asked, Question } from "./answer.ts";

export type { Answer } from "./ask-backends.ts";

type Ask<Q extends Question> = (
  backends: readonly Asked[],
  signal?: AbortSignal,
) => Promise<ReadonlyMap<string, Answer<Q>>>;

/**
 * Asks every backend once for as long as this process lives: name together those that will be needed. What a signal ended
 * is no answer, and is asked again.
 */
function remembering<Q extends Question>(question: Q, main?: string): Ask<Q> {
  const known = new Map<string, Promise<Answer<Q>>>();
  return async (backends, signal) => {
    const byId = new Map(backends.map((backend) => [backend.id, backend]));
    const fresh = [...byId.values()].filter(({ id }) => !known.has(id));
    const asked = askBackends(question, fresh, {
      ...(signal && { signal }),
      ...(main !== undefined && { main }),
    });
    for (const { id } of fresh)
      known.set(
        id,
        asked.then((answers) => answerIn(answers, id)),
      );
    const answers = new Map(
      await Promise.all([...byId.keys()].map(async (id) => [id, await answerIn(known, id)] as const)),
    );
    if (signal?.aborted) for (const { id } of fresh) if (!answers.get(id)?.ok) known.delete(id);
    return answers;
  };
}

/** Asks the backends of one build. */
export interface Asker {
  /** What backends are: needed to plan. */
  readonly factsOf: Ask<"facts">;
  /** Whether they can run here, in Node. */
  readonly availabilityOf: Ask<"availability">;
}

/** @param main the script that answers; this program's own where left out */
export function createAsker(main?: string): Asker {
  return { factsOf: remembering("facts", main), availabilityOf: remembering("availability", main) };
}

/** Asks this program's own backends. */
export const OWN_ASKER = createAsker();
export const { factsOf, availabilityOf } = OWN_ASKER;

/**
 * The answer of a backend that has been asked.
 * @throws Error where it was not: a bug of the caller
 */
export function answerIn<A>(answers: ReadonlyMap<string, A>, id: string): A {
  const answer = answers.get(id);
  if (answer === undefined)
    throw new Error(`[harness] ${id} was not asked. This is a bug; please report it.`);
  return answer;
}
