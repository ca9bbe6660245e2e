import { z } from "zod";

const bytes = z.int().nonnegative().exactOptional();

/** What a cell took of memory, at the most, by the end of its blocks. What cannot be told is absent. */
export const memorySchema = z.object({
  peakRssBytes: bytes.describe(
    "largest resident set of the runner's process and of no other: the runtime, the library, what it loaded, weights and images as they were given, the reference's logits; absent in pages",
  ),
  wasmBytes: bytes.describe(
    "linear memory of WebAssembly, of the session or of its library; within the resident set as far as it was touched",
  ),
  gpuBytes: bytes.describe(
    "buffers and textures allocated on the device at one time, as the backend counts them",
  ),
  pageBytes: bytes.describe(
    "of the page with its worker after the last block, as the browser tells (performance.measureUserAgentSpecificMemory)",
  ),
});
/** In bytes: resident set, WebAssembly, device, page. */
export type Memory = z.infer<typeof memorySchema>;

/** The larger of each. */
export function mostMemory(readings: readonly Memory[]): Memory | undefined {
  const most: Memory = {};
  for (const reading of readings)
    for (const kind of KINDS) {
      const bytes = reading[kind];
      if (bytes !== undefined) most[kind] = Math.max(most[kind] ?? 0, bytes);
    }
  return Object.keys(most).length === 0 ? undefined : most;
}

const KINDS = memorySchema.keyof().options;
