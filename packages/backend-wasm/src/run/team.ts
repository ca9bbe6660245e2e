import { COMMAND } from "./control.ts";
import type { Executor } from "./execute.ts";
import type { Routine } from "./routine.ts";

/** What the threads do together next. */
export type Command = { readonly run: "groups" | "layers"; readonly first: number; readonly last: number };

const KINDS = ["stop", "groups", "layers"] as const;
/** A healthy thread arrives within milliseconds; one that takes this long has died. */
const ARRIVAL_TIMEOUT_MS = 20_000;
const NO_TIMEOUT = -1;

/**
 * The first thread's side: states the command, does its own part, and returns when all have done theirs.
 * @param after called after each group or layer is finished by all
 */
export function lead(
  command: Command,
  executor: Executor,
  meet: Routine,
  memory: WebAssembly.Memory,
  after?: (index: number) => void,
) {
  tell(memory, KINDS.indexOf(command.run), command.first, command.last);
  arrive(meet);
  perform(command, executor, meet, after);
}

/** Lets the other threads return from {@link follow}. */
export function release(meet: Routine, memory: WebAssembly.Memory) {
  tell(memory, 0, 0, 0);
  arrive(meet);
}

/** The other threads' side: sleeps until there is a command, does its part, and returns when told to stop. */
export function follow(executor: Executor, meet: Routine, memory: WebAssembly.Memory) {
  const words = new Int32Array(memory.buffer, COMMAND, 3);
  for (;;) {
    meet(NO_TIMEOUT);
    const run = KINDS[Atomics.load(words, 0)];
    if (run === undefined || run === "stop") return;
    perform({ run, first: Atomics.load(words, 1), last: Atomics.load(words, 2) }, executor, meet);
  }
}

export function arrive(meet: Routine) {
  if (meet(ARRIVAL_TIMEOUT_MS) !== 0)
    throw new Error(
      `[backend-wasm] A thread did not arrive within ${ARRIVAL_TIMEOUT_MS / 1000} s. Load the model again.`,
    );
}

function perform(
  { run, first, last }: Command,
  executor: Executor,
  meet: Routine,
  after?: (index: number) => void,
) {
  for (let i = first; i < last; i++) {
    if (run === "groups") executor.group(i);
    else executor.layer(i);
    arrive(meet);
    after?.(i);
  }
}

function tell(memory: WebAssembly.Memory, ...words: number[]) {
  const control = new Int32Array(memory.buffer, COMMAND, words.length);
  for (const [i, word] of words.entries()) Atomics.store(control, i, word);
}
