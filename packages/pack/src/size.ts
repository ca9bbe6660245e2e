export const MIB = 2 ** 20;

export function inMiB(bytes: number): string {
  return `${(bytes / MIB).toFixed(2)} MiB`;
}
