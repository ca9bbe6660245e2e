/** Bytes of a cache line: what allocations are multiples of. */
export const LINE = 64;

/** Hands out memory from the front, whole cache lines at a time. */
export class Allocator {
  bytes: number;
  constructor(bytes: number) {
    this.bytes = bytes;
  }
  take(bytes: number): number {
    const address = this.bytes;
    this.bytes += Math.ceil(bytes / LINE) * LINE;
    return address;
  }
}
