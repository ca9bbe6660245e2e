import { DeviceLostError, UnsupportedError } from "@mobilenet-bench/backend";
import { isOutOfMemory } from "./out-of-memory.ts";

/** What went wrong in a process or page that still answers. */
export interface JobFailure {
  readonly kind: "unsupported" | "device-lost" | "oom" | "error";
  readonly message: string;
  readonly remedy?: string;
  readonly stack?: string;
}

/** An error as it crosses the wire: `oom` is told by its words, since engines have no class for it. */
export function jobFailureOf(error: unknown): JobFailure {
  if (error instanceof UnsupportedError)
    return { kind: "unsupported", message: error.reason, remedy: error.remedy };
  const message = messageOf(error);
  const kind = error instanceof DeviceLostError ? "device-lost" : isOutOfMemory(message) ? "oom" : "error";
  return {
    kind,
    message,
    ...(error instanceof Error && typeof error.stack === "string" && { stack: error.stack }),
  };
}

/** Whatever was thrown, even what has no text. */
function messageOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return text === "" ? "It threw an error without a message." : text;
  } catch {
    return "It threw something that cannot be told.";
  }
}
