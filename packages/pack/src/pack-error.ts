/** Why there is no archive, and what to do: its message is all that helps. */
export class PackError extends Error {
  override readonly name = "PackError";
}
