/** @throws RangeError where one is not finite */
export function requireFinite(differences: readonly number[]): void {
  if (!differences.every(Number.isFinite))
    throw new RangeError("[results] A difference is no finite number. Leave it out, and say so.");
}
