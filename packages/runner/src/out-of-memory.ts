/** What V8, libc, C++, Emscripten, ONNX Runtime and the kernel say where there is no memory left. */
const OUT_OF_MEMORY =
  /out of memory|bad_alloc|bad allocation|cannot allocate memory|could not allocate memory|failed to allocate|allocation failed|cannot enlarge memory|javascript OOM|Aborted\(OOM\)/i;
/** What V8 says of an array that no memory could hold; a negative length is somebody's mistake. */
const TOO_LONG = /^Invalid (typed array|array buffer) length(: \d+)?$/i;

/** Whether a message speaks of memory that could not be had. */
export function isOutOfMemory(message: string): boolean {
  return OUT_OF_MEMORY.test(message) || TOO_LONG.test(message);
}
