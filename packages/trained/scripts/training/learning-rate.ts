/** The part of all steps over which the rate rises from 0. */
const WARM_UP = 0.05;

/** Up in a straight line, then down to 0 along half a cosine (Loshchilov and Hutter 2017). */
export function learningRate(highest: number, step: number, steps: number): number {
  const warmUp = Math.max(1, Math.round(steps * WARM_UP));
  if (step < warmUp) return (highest * (step + 1)) / warmUp;
  return (highest * (1 + Math.cos((Math.PI * (step - warmUp)) / (steps - warmUp)))) / 2;
}
