import { converter, differenceCiede2000, type Lrgb } from "culori";

/**
 * What eyes without one kind of cone see, as matrices over linear RGB: Machado, Oliveira & Fernandes, A Physiologically-based
 * Model for Simulation of Color Vision Deficiency, 2009, at full severity. (culori's own filters apply them to values with
 * gamma, which they are not made for.)
 */
const VISION = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [number, number, number])[]>>;

/** Whose eyes. */
export type Vision = keyof typeof VISION;
/** All of them. */
export const VISIONS: readonly Vision[] = ["normal", "protan", "deutan", "tritan"];

const linear = converter("lrgb");
const ciede2000 = differenceCiede2000();

/** How different two colours look to such eyes, in CIEDE2000: 1 is just noticeable side by side, 20 is plain at a glance. */
export function distance(one: string, other: string, vision: Vision): number {
  return ciede2000(seen(one, vision), seen(other, vision));
}

function seen(colour: string, vision: Vision): Lrgb {
  const exact = linear(colour);
  if (!exact) throw new Error(`${colour} is no colour.`);
  const [r, g, b] = VISION[vision].map(([red, green, blue]) =>
    Math.min(1, Math.max(0, red * exact.r + green * exact.g + blue * exact.b)),
  );
  return { mode: "lrgb", r: r ?? 0, g: g ?? 0, b: b ?? 0 };
}
