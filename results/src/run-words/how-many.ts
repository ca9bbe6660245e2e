/** A number and its noun: `1 cell`, `2 cells`, `3 series`. */
export function howMany(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
