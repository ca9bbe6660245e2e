/** Whether this thread may sleep on shared memory: the main thread of a page may not. */
export function mayWait(): boolean {
  try {
    // The value is not the one expected, so that this returns at once where it is allowed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}
