/**
 * Multiply–adds and as little else as can be: what a machine reaches at best in one way to execute them. A figure
 * for the reader, and the 100 % that rates of whole networks are set against.
 */
export interface PeakKernel {
  /** As kernels are named: what it is, and its shape. */
  readonly name: string;
  /** One unit of work, always the same: a tenth of a millisecond to a few. Time this. */
  readonly run: () => void | Promise<void>;
  /** Multiply–adds of one `run`. */
  readonly multAdds: number;
  /** Whether the runs since it was last asked left exactly what their arithmetic gives; false where there was none. */
  readonly verify: () => boolean;
}
