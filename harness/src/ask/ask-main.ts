import { importBackend, isBackendId, type BackendId } from "../registry/backends.ts";
import { describeFailure } from "@mobilenet-bench/runner";
import type { Answers, Inquiry, Question, Sent } from "./answer.ts";

// The entry of a process that imports backends and asks each a question: whatever they do, they do it here. It gets
// one inquiry and sends one message for each backend, in turn.
process.once("message", (inquiry: Inquiry) => void answerAll(inquiry));
// The one who asked has gone.
process.once("disconnect", () => {
  process.kill(process.pid, "SIGKILL");
});

async function answerAll({ question, ids }: Inquiry): Promise<void> {
  for (const id of ids) {
    const sent = await answer(question, id);
    // On its way before the next backend can end this process.
    await new Promise((resolve) => process.send?.(sent, resolve));
  }
}

async function answer(question: Question, id: string): Promise<Sent<Question>> {
  try {
    if (!isBackendId(id))
      throw new Error(`[harness] there is no backend "${id}". This is a bug; please report it.`);
    return { ok: true, value: await ask(question, id) };
  } catch (error) {
    return { ok: false, failure: describeFailure(error) };
  }
}

async function ask(question: Question, id: BackendId): Promise<Answers[Question]> {
  const backend = await importBackend(id);
  if (question === "availability") return backend.availability();
  const { summary, platforms, options } = backend;
  return { summary, platforms, options };
}
