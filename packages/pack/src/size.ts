/** Bytes. */
export const MIB = 2 ** 20;

/** For people, with two decimals. */
export function inMiB(bytes: number): string {
  return `${(bytes / MIB).toFixed(2)} MiB`;
}
