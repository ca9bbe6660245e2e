/** A number format in a kernel's name. */
export type KernelFormat = "f64" | "f32" | "f16";

/** What a kernel is, as far as its name says it. */
export interface KernelParts {
  /** `pointwise`, `separable`. */
  readonly op: string;
  /** Of weights and activations in memory. */
  readonly storage: KernelFormat;
  /** Of products and sums; it is said where it is not that of the storage. */
  readonly arithmetic: KernelFormat;
  /** What is computed at a time: pixels × channels, `6x8`, in a notation that each backend explains. */
  readonly tile: string;
  /** What else tells it from others: `relaxed`. */
  readonly feature?: string;
}

/**
 * `<op>-<storage>[-<arithmetic>acc]-<tile>[-<feature>]`: `pointwise-f32-6x8-relaxed`, `pointwise-f32-f64acc-2x4`,
 * `separable-f16-f32acc-14x32-r7x4s8`. The formats are said as XNNPACK's names of microkernels say them (`f16-f32acc`).
 */
export function kernelName({ op, storage, arithmetic, tile, feature }: KernelParts): string {
  const formats = storage === arithmetic ? [storage] : [storage, `${arithmetic}acc`];
  return [op, ...formats, tile, ...(feature === undefined ? [] : [feature])].join("-");
}
