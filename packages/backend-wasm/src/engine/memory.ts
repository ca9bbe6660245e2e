import { UnsupportedError } from "@mobilenet-bench/backend";

const PAGE = 65536;
/** 4 GiB: what 32-bit addresses reach. */
const MAX_PAGES = 65536;

/**
 * A memory of at least that many bytes, which never grows.
 * @throws UnsupportedError where it cannot be had
 */
export function createMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  const size = `${Math.ceil(bytes / 2 ** 20)} MiB`;
  const remedy = "Use a smaller alpha or resolution.";
  if (pages > MAX_PAGES)
    throw new UnsupportedError(
      "backend-wasm",
      `The model needs ${size}, and WebAssembly addresses 4096.`,
      remedy,
    );
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    throw new UnsupportedError("backend-wasm", `There are no ${size} of memory for the model.`, remedy, {
      cause,
    });
  }
}
