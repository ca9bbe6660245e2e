import { UnsupportedError, type Availability } from "@mobilenet-bench/backend";
import { createRequire } from "node:module";
import type * as ort from "onnxruntime-node";

export type Library = typeof ort;

const REMEDY =
  "It ships libraries for Linux and Windows on x64 and arm64 and for macOS on arm64; elsewhere use ort-wasm.";
const platform = `${process.platform}/${process.arch}`;

/** Whether the library for this platform is there, without loading it. */
export function findLibrary(): Availability {
  const { resolve } = createRequire(import.meta.url);
  try {
    resolve(`onnxruntime-node/bin/napi-v6/${platform}/onnxruntime_binding.node`);
    return { available: true };
  } catch {
    const reason = `onnxruntime-node has no library for ${platform}.`;
    return { available: false, reason, remedy: REMEDY };
  }
}

/**
 * onnxruntime-node, imported when first asked for.
 * @throws UnsupportedError where its native library does not load on this machine
 */
export async function loadLibrary(): Promise<Library> {
  try {
    const library = await import("onnxruntime-node");
    // Taken over with the first session. Its errors come as exceptions too, and nothing else is worth a line.
    library.env.logLevel = "fatal";
    return library;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    const reason = `onnxruntime-node does not load on ${platform} (${detail}).`;
    throw new UnsupportedError("backend-ort-node", reason, REMEDY, { cause });
  }
}
