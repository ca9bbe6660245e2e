import type { OkCell } from "./schema.ts";

/** Whether a device computes, as a session's `actual` tells: neither threads nor the processor's clock say how fast. */
export function onDevice({ adapter, provider }: OkCell["actual"]): boolean {
  return adapter !== undefined || (typeof provider === "string" && !/^(cpu|wasm)/i.test(provider));
}
