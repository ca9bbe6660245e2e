import { importNamed } from "../registry/import-named.ts";
import { jobFailureOf } from "@mobilenet-bench/runner/node";
import type { Asked, Inquiry, Question, Sent } from "./answer.ts";

// The entry of a process that imports backends and asks each a question: whatever they do, they do it here. It gets
// one inquiry and sends one message for each backend, in turn.
process.once("message", (inquiry: Inquiry) => void answerAll(inquiry));
// The one who asked has gone.
process.once("disconnect", () => {
  process.kill(process.pid, "SIGKILL");
});

async function answerAll({ question, backends }: Inquiry): Promise<void> {
  for (const asked of backends) {
    const sent = await answer(question, asked);
    // On its way before the next backend can end this process.
    await new Promise((resolve) => process.send?.(sent, resolve));
  }
}

async function answer(question: Question, asked: Asked): Promise<Sent<Question>> {
  try {
    const backend = await importNamed(asked);
    if (question === "availability") return { ok: true, value: await backend.availability() };
    const { id, summary, platforms, options } = backend;
    return { ok: true, value: { id, summary, platforms, options } };
  } catch (error) {
    return { ok: false, failure: jobFailureOf(error) };
  }
}
