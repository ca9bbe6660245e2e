import { UnsupportedError } from "@mobilenet-bench/backend";
import { describe, expect, it } from "vitest";
import { requireStarted, requireThreadedBuild } from "../src/wasm-threads.ts";

const page = { isNode: false, threaded: true };

describe("threads of tfjs-wasm", () => {
  it("are there in a page with shared memory; one is there everywhere", () => {
    expect(() => requireThreadedBuild(4, page)).not.toThrow();
    expect(() => requireThreadedBuild(1, { isNode: true, threaded: false })).not.toThrow();
    expect(() => requireStarted(4, 4, { running: undefined, cores: 8 })).not.toThrow();
    expect(() => requireStarted(4, 4, { running: 4, cores: 8 })).not.toThrow();
  });

  it("are refused where there is no threaded build", () => {
    expect(() => requireThreadedBuild(2, { ...page, threaded: false })).toThrow(/cross-origin isolated/);
    expect(() => requireThreadedBuild(2, { isNode: true, threaded: true })).toThrow(/blob URLs/);
  });

  it("are refused where the library caps them", () => {
    const capped = () => requireStarted(2, 1, { running: undefined, cores: 2 });
    expect(capped).toThrow(UnsupportedError);
    expect(capped).toThrow(/started 1 .* of the 2 asked for: at most half of the 2 cores.*Use threads=1/);
  });

  it("are refused where another number runs already", () => {
    expect(() => requireStarted(2, 4, { running: 4, cores: 8 })).toThrow(
      /runs 4 .* not 2: the first session/,
    );
  });
});
