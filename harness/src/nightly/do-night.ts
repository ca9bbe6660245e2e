import { INTERRUPTED, type CallMnb } from "./call-mnb.ts";
import { shellWords } from "./shell-words.ts";
import { writeState, type DoneStep, type NightState } from "./night-state.ts";

/** Who does the steps of a night, and who is told. */
export interface NightHooks {
  readonly call: CallMnb;
  /** The words that go on with a step that was interrupted, where it keeps what it has done. */
  readonly resume: (words: readonly string[]) => Promise<readonly string[] | undefined>;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly now?: () => Date;
}

/** How a night ended. */
export interface NightOutcome {
  readonly state: NightState;
  readonly end: "done" | "interrupted" | "failed";
  /** The step at which it ended early. */
  readonly at?: string;
}

/**
 * Does what is left of a night, one command after the other, and keeps what is done after each: where it is interrupted, or a step
 * fails, the same call goes on with that step.
 * @param path where the state is kept
 * @throws WriteError where it cannot be kept
 */
export async function doNight(path: string, begun: NightState, hooks: NightHooks): Promise<NightOutcome> {
  const { call, resume, signal, say, now = () => new Date() } = hooks;
  let state = begun;
  const isDone = (id: string) => state.done.some(({ step }) => step === id);
  await writeState(path, state);
  for (const [i, { id, words, done }] of state.steps.entries()) {
    if (isDone(id)) continue;
    if (signal.aborted) return { state, end: "interrupted", at: id };
    const used = (await resume(words)) ?? words;
    say(`[${i + 1}/${state.steps.length}] mnb ${shellWords(used)}`);
    const startedAt = now().toISOString();
    const status = await call(used, signal);
    if (status === INTERRUPTED || signal.aborted) return { state, end: "interrupted", at: id };
    if (!done.includes(status)) return { state, end: "failed", at: id };
    const step: DoneStep = { step: id, status, startedAt, finishedAt: now().toISOString() };
    state = { ...state, done: [...state.done, step] };
    await writeState(path, state);
  }
  return { state, end: "done" };
}
