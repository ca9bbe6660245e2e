import { fileURLToPath } from "node:url";
import { startChild } from "../child/child.ts";
import { failureOfReply, toFailure, type Failure } from "../run/failure.ts";
import { hang } from "../target/deadline.ts";
import { parseSent, type Answers, type Question, type Sent } from "./answer.ts";

/** Built: processes run no TypeScript. The same from the source and from what is built of it. */
const MAIN = fileURLToPath(new URL("../../dist/ask/ask-main.js", import.meta.url));
const DEADLINE_MS = 10_000;

/** What a backend answers, or why it does not. */
export type Answer<Q extends Question> =
  { readonly ok: true; readonly value: Answers[Q] } | { readonly ok: false; readonly failure: Failure };

export interface AskOptions {
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks backends in a process of their own, since importing one may throw, exit, hang, or crash the process. One process
 * serves all of them, as long as that goes well; otherwise each gets its own, so that the rest still answer.
 */
export async function askBackends<Q extends Question>(
  question: Q,
  ids: readonly string[],
  options: AskOptions = {},
): Promise<ReadonlyMap<string, Answer<Q>>> {
  if (ids.length === 0) return new Map();
  try {
    const sent = await askProcess(question, ids, options);
    return new Map(ids.map((id) => [id, answerOf(id, sent.get(id))]));
  } catch (error) {
    if (ids.length === 1 || options.signal?.aborted)
      return new Map(ids.map((id) => [id, unanswered(id, toFailure(error))]));
  }
  const alone = await Promise.all(ids.map((id) => askBackends(question, [id], options)));
  return new Map(alone.flatMap((answers) => [...answers]));
}

async function askProcess<Q extends Question>(
  question: Q,
  ids: readonly string[],
  { deadlineMs = DEADLINE_MS, signal }: AskOptions,
): Promise<ReadonlyMap<string, Sent<Q>>> {
  const child = startChild(MAIN, signal);
  const deadline = new AbortController();
  try {
    child.send({ question, ids });
    const late = hang(`a question for ${question}`, deadlineMs, deadline.signal);
    return parseSent(question, await Promise.race([child.next(), late]));
  } finally {
    deadline.abort();
    await child.kill();
  }
}

function answerOf<Q extends Question>(id: string, sent: Sent<Q> | undefined): Answer<Q> {
  if (sent === undefined) return unanswered(id, { status: "infra", reason: "It was not asked." });
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
