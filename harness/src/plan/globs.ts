/** Whether a name stands for others, by the characters that picomatch gives a meaning. */
export function isGlob(pattern: string): boolean {
  return /[*?[{!(]/.test(pattern);
}
