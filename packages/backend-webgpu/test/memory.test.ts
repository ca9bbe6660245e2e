import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { webgpu } from "@mobilenet-bench/backend-webgpu";

const LOADS = process.env["MNB_NIGHTLY"] ? 8 : 4;
const SCRIPT = fileURLToPath(new URL("support/load-often.mjs", import.meta.url));

const availability = await webgpu.availability();

// In a process of its own, whose garbage is collected on demand. What is counted is what holds the memory, since resident
// memory itself goes up and down by more than eight sessions take.
it.skipIf(!availability.available)(
  "leaves nothing of a session that was disposed",
  { timeout: 240_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", SCRIPT, String(LOADS)]);
    for (const [kind, { made, collected }] of Object.entries<{ made: number; collected: number }>(
      JSON.parse(stdout),
    )) {
      expect(made).toBeGreaterThanOrEqual(LOADS);
      // The last session's may still be within reach.
      expect({ kind, share: collected / made >= 1 - 1.5 / LOADS }).toEqual({ kind, share: true });
    }
  },
);
