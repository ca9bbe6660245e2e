import { fileURLToPath } from "node:url";
import { startChild } from "../child/child.ts";
import { failureOfReply, toFailure, type Failure } from "../target/failure.ts";
import { hang } from "../target/deadline.ts";
import { parseSent, type Answers, type Asked, type Question, type Sent } from "./answer.ts";

/** Built: processes run no TypeScript. The same from the source and from what is built of it. */
const MAIN = fileURLToPath(new URL("../../dist/ask/ask-main.js", import.meta.url));
/** To import one backend: many times what it takes on a slow machine. */
const DEADLINE_MS = 20_000;

/** What a backend answers, or why it does not. */
export type Answer<Q extends Question> =
  { readonly ok: true; readonly value: Answers[Q] } | { readonly ok: false; readonly failure: Failure };

/** How long each backend may take to answer, import included, and what ends the asking before. */
export interface AskOptions {
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** The script that answers, where it is another build's. */
  readonly main?: string;
}

/**
 * Asks backends in a process of their own, since importing one may throw, exit, hang, or crash the process. They are
 * asked in turn: whoever is the first in a fresh process and ends it has done so itself, and the rest are asked in
 * another one.
 */
export async function askBackends<Q extends Question>(
  question: Q,
  backends: readonly Asked[],
  options: AskOptions = {},
): Promise<ReadonlyMap<string, Answer<Q>>> {
  const answers = new Map<string, Answer<Q>>();
  const unasked = () => backends.filter(({ id }) => !answers.has(id));
  for (let waiting = backends; waiting.length > 0; waiting = unasked()) {
    const before = answers.size;
    try {
      for await (const [id, sent] of askInTurn(question, waiting, options))
        answers.set(id, answerOf(id, sent));
    } catch (error) {
      const failure = toFailure(error);
      const unasked = waiting.slice(answers.size - before);
      const isSure = unasked.length === waiting.length || failure.status === "hang";
      const without = options.signal?.aborted ? unasked : isSure ? unasked.slice(0, 1) : [];
      for (const { id } of without) answers.set(id, unanswered(id, failure));
    }
  }
  return answers;
}

/** What one process sends for each, in order. @throws RunnerDied where it ends before, or takes too long over one */
async function* askInTurn<Q extends Question>(
  question: Q,
  backends: readonly Asked[],
  { deadlineMs = DEADLINE_MS, signal, main = MAIN }: AskOptions,
): AsyncGenerator<[id: string, sent: Sent<Q>]> {
  const child = startChild(main, signal);
  try {
    child.send({ question, backends });
    for (const { id } of backends) {
      const deadline = new AbortController();
      const late = hang(`a question for ${question}`, deadlineMs, deadline.signal);
      const message = await Promise.race([child.next(), late]).finally(() => deadline.abort());
      yield [id, parseSent(question, message)];
    }
  } finally {
    await child.kill();
  }
}

function answerOf<Q extends Question>(id: string, sent: Sent<Q>): Answer<Q> {
  return sent.ok ? sent : unanswered(id, failureOfReply(sent.failure));
}

function unanswered(id: string, { status, reason }: Failure): { ok: false; failure: Failure } {
  return {
    ok: false,
    failure: {
      status,
      reason: `${id} does not say whether it can run. ${reason}`,
      remedy: `Mend the backend, or leave it out: --backend '!${id}'.`,
    },
  };
}
