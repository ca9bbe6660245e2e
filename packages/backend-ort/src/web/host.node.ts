import fs from "node:fs";

/** The bundle of onnxruntime-web made for Node: the others cannot start threads there. */
export const BUNDLE = "ort.node.min.mjs";

export function importLibrary() {
  return import("onnxruntime-web");
}

/** In Node nothing needs to be prepared. */
export function makePrintedCapturable() {}

/**
 * What `action` returns, and the wanted lines that the library prints meanwhile; all others go their way. In Node
 * it writes lines to standard output with `fs.writeSync`, which it looks up each time.
 */
export async function capturePrinted<T>(
  isWanted: (line: string) => boolean,
  action: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const { writeSync } = fs;
  const capture = (...call: readonly unknown[]): unknown => {
    const [descriptor, line] = call;
    if (descriptor !== process.stdout.fd || typeof line !== "string" || !isWanted(line.trimEnd()))
      return Reflect.apply(writeSync, fs, call);
    return lines.push(line.trimEnd());
  };
  Object.assign(fs, { writeSync: capture });
  try {
    return { result: await action(), lines };
  } finally {
    Object.assign(fs, { writeSync });
  }
}
