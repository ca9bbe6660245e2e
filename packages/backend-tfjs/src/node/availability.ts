import type { Availability } from "@mobilenet-bench/backend";
import {
  DEFAULT_DIRECTORY,
  findNative,
  findPackage,
  isOf,
  ORDINARY,
  readRecord,
  versionOf,
} from "./installation.ts";

/** Whether the package `@tensorflow/tfjs-node` has its native side, and from where. */
export async function availability(
  folder = findPackage(),
  directory = DEFAULT_DIRECTORY,
): Promise<Availability> {
  if (folder === undefined)
    return unavailable(
      "The package @tensorflow/tfjs-node is not installed (npm drops an optional package whose install script fails).",
      "Install it without its script (npm install --ignore-scripts @tensorflow/tfjs-node), or use tfjs-wasm.",
    );
  const record = await readRecord(directory, versionOf(folder));
  const native = findNative(folder, directory);
  if (native !== undefined && isOf(record, native))
    return { available: true, detail: `TensorFlow ${record.tensorflow} (${record.source})` };
  if (native === "own") return { available: true, detail: `TensorFlow (${ORDINARY})` };
  if (record?.status === "failed") return unavailable(record.reason, record.remedy);
  return unavailable(
    "TensorFlow's native library is not installed.",
    "Run ./mnb doctor --fix, or use tfjs-wasm.",
  );
}

function unavailable(reason: string, remedy: string) {
  return { available: false, reason, remedy } as const;
}
