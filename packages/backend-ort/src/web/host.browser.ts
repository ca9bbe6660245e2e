/** The smallest bundle of onnxruntime-web with WebAssembly and its loader. */
export const BUNDLE = "ort.wasm.bundle.min.mjs";

type Take = (line: string) => boolean;
let take: Take | undefined;

export function importLibrary() {
  makePrintedCapturable();
  return import("onnxruntime-web/wasm");
}

/**
 * To be called before the library is imported: it prints with the `console.log` that it finds when it starts, so it
 * is given one whose lines can be taken.
 */
export function makePrintedCapturable() {
  const { log } = console;
  Object.assign(console, {
    log: (...values: readonly unknown[]) => {
      if (!take?.(values.join(" "))) log(...values);
    },
  });
}

/** What `action` returns, and the wanted lines that the library prints meanwhile; all others go their way. */
export async function capturePrinted<T>(
  isWanted: (line: string) => boolean,
  action: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  take = (line) => {
    if (!isWanted(line)) return false;
    lines.push(line);
    return true;
  };
  try {
    return { result: await action(), lines };
  } finally {
    take = undefined;
  }
}
