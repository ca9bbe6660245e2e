import { runProgram, type Program } from "./program.ts";
import { WHOLE } from "./share.ts";

/** The threads that compute a session's steps. */
export interface Team {
  /** Runs steps [from, to); every step sees the finished output of the one before. */
  run(from: number, to: number): Promise<void>;
  dispose(): Promise<void>;
}

/** One thread: the caller's own. */
export function soloTeam(program: Program): Team {
  return {
    async run(from, to) {
      runProgram(program, from, to, WHOLE, () => {});
    },
    async dispose() {},
  };
}
