import { LINE } from "../layout/units.ts";

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
