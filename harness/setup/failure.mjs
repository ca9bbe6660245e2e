/** Something that the user is told in words and not as a stack: a fact, and what to do about it. */
export class SetupFailure extends Error {
  /** @param {string} fact @param {string} remedy @param {{ cause?: unknown }} [options] */
  constructor(fact, remedy, options) {
    super(`[setup] ${fact} ${remedy}`, options);
    this.name = "SetupFailure";
  }
}
