import { builtin } from "../platform/builtin.ts";
import { createExecutor } from "./execute.ts";
import { createLeader, type Leader } from "./leader.ts";
import type { Answer, Order, ThreadJob } from "./messages.ts";
import { instantiate } from "./routine.ts";
import { arrive, follow } from "./team.ts";

// The entry of a worker: one thread of a team. It imports what running needs and nothing that generates code.

let leader: Leader | undefined;

function receive(message: ThreadJob | Order, answer: (answer: Answer) => void) {
  if ("order" in message) {
    answer(obey(message));
    return;
  }
  const { plan, modules, memory, thread } = message;
  const routines = modules.map((module) => instantiate(module, memory));
  const meet = instantiate(message.barrier, memory);
  if (thread === 0) leader = createLeader(plan, routines, meet, memory);
  answer({ ok: true });
  if (thread > 0)
    follow(
      createExecutor(plan, routines, thread, () => arrive(meet)),
      meet,
      memory,
    );
}

function obey(message: Order): Answer {
  try {
    if (!leader) throw new Error("[backend-wasm] An order came before the job. Load the model again.");
    if (message.order === "time") return { ok: true, times: leader.time(message.command) };
    if (message.order === "run") leader.run(message.command);
    else leader.release();
    return { ok: true };
  } catch (error) {
    return { ok: false, error };
  }
}

const port = builtin("node:worker_threads")?.parentPort;
if (port)
  port.on("message", (message: ThreadJob | Order) => receive(message, (answer) => port.postMessage(answer)));
else
  self.addEventListener("message", ({ data }: MessageEvent<ThreadJob | Order>) =>
    receive(data, (answer) => self.postMessage(answer)),
  );
