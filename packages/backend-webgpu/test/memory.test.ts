import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { webgpu } from "@mobilenet-bench/backend-webgpu";

const LOADS = 24;
const SCRIPT = fileURLToPath(new URL("support/load-often.mjs", import.meta.url));

const availability = await webgpu.availability();

// In a process of its own, whose garbage is collected on demand.
it.skipIf(!availability.available)(
  "leaves nothing of a session that was disposed",
  { timeout: 240_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", SCRIPT, String(LOADS)]);
    const { made, collected, growthBytes } = JSON.parse(stdout);
    for (const [kind, count] of Object.entries(made)) {
      expect(count).toBeGreaterThanOrEqual(LOADS);
      // The last ones may still be on the stack.
      expect({ kind, kept: Number(count) - Number(collected[kind]) < Number(count) / 4 }).toEqual({
        kind,
        kept: true,
      });
    }
    // A session of this size held 0.8 MB; a device alone leaves 0.1 to 0.2.
    expect(growthBytes / LOADS).toBeLessThan(0.5e6);
  },
);
