import { describe, expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";
import { expectCaught, PATIENCE_MS } from "./support/mutate-cli.ts";

describe("mnb mutate", () => {
  it(
    "has faults caught in a generated kernel and in the check itself",
    async () => expectCaught(["wasm/thread-seam", "check/inverted"]),
    PATIENCE_MS,
  );

  it("refuses filters that nothing fits, and counts that are none", async () => {
    const { exitCode, stderr } = await callMnb(["mutate", "--fault", "ts/none"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^No fault fits all filters\. /);
    expect((await callMnb(["mutate", "--jobs", "two"])).exitCode).toBe(2);
  });
});
