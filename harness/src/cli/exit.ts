/** Exit statuses of every command. */
export const EXIT = {
  done: 0,
  /** Done, and something is wrong: a mismatch, a failed cell. */
  wrong: 1,
  /** The call was wrong. */
  usage: 2,
  /** By Ctrl-C, as shells report it. */
  interrupted: 130,
} as const;
