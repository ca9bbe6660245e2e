import { BACKENDS, isBackendId } from "../backends.ts";
import { describeFailure } from "../runner/failure.ts";
import type { Answers, Inquiry, Question, Sent } from "./answer.ts";

// The entry of a process that imports backends and asks each a question: whatever they do, they do it here. It gets
// one inquiry and sends one message back.
process.once("message", ({ question, ids }: Inquiry) => {
  const answers = ids.map(async (id) => [id, await answer(question, id)] as const);
  void Promise.all(answers).then((entries) => process.send?.(new Map(entries)));
});
// The one who asked has gone.
process.once("disconnect", () => {
  process.kill(process.pid, "SIGKILL");
});

async function answer(question: Question, id: string): Promise<Sent<Question>> {
  try {
    if (!isBackendId(id))
      throw new Error(`[harness] there is no backend "${id}". This is a bug; please report it.`);
    return { ok: true, value: await ask(question, id) };
  } catch (error) {
    return { ok: false, failure: describeFailure(error) };
  }
}

async function ask(question: Question, id: keyof typeof BACKENDS): Promise<Answers[Question]> {
  const backend = await BACKENDS[id]();
  if (question === "availability") return backend.availability();
  const { summary, platforms, options } = backend;
  return { summary, platforms, options };
}
