const memories = new WeakMap<object, WebAssembly.Memory>();

/** The WebAssembly memory of a library for which it was noticed. */
export function memoryOf(library: object): WebAssembly.Memory | undefined {
  return memories.get(library);
}

/**
 * What `action` returns. The library instantiates its module with its first session and shows its memory to nobody:
 * what it hands over to WebAssembly meanwhile is looked at.
 */
export async function noticeMemory<T>(library: object, action: () => Promise<T>): Promise<T> {
  if (memories.has(library)) return action();
  const { instantiate, instantiateStreaming } = WebAssembly;
  const noticing =
    (original: typeof instantiate | typeof instantiateStreaming) =>
    (...call: readonly unknown[]): unknown => {
      const memory = memoryAmong(call[1]);
      if (memory) memories.set(library, memory);
      return Reflect.apply(original, WebAssembly, call);
    };
  Object.assign(WebAssembly, {
    instantiate: noticing(instantiate),
    instantiateStreaming: noticing(instantiateStreaming),
  });
  try {
    return await action();
  } finally {
    Object.assign(WebAssembly, { instantiate, instantiateStreaming });
  }
}

/** @param imports of a module: names within names of modules */
function memoryAmong(imports: unknown): WebAssembly.Memory | undefined {
  return Object.values(Object(imports))
    .flatMap((module): unknown[] => Object.values(Object(module)))
    .find((value) => value instanceof WebAssembly.Memory);
}
