import { describe, expect, it } from "vitest";
import {
  describeWorkerError,
  requireWebAssembly,
  unlessWorkersAreBlocked,
  UnsupportedError,
  webAssemblyAvailability,
} from "../src/index.ts";

describe("webAssemblyAvailability", () => {
  it("is there where an empty module compiles", () => {
    expect(webAssemblyAvailability()).toEqual({ available: true });
    expect(() => requireWebAssembly("wasm")).not.toThrow();
  });

  it("names what a content security policy lacks", () => {
    const Module = function forbidden() {
      throw new EvalError("Refused to compile or instantiate WebAssembly module");
    };
    expect(webAssemblyAvailability({ WebAssembly: { Module } })).toMatchObject({
      available: false,
      remedy: expect.stringContaining("'wasm-unsafe-eval'"),
    });
  });

  it("tells an engine without it", () => {
    expect(webAssemblyAvailability({})).toMatchObject({ reason: "This engine has no WebAssembly." });
  });
});

describe("unlessWorkersAreBlocked", () => {
  const violation = (effectiveDirective: string, blockedURI: string) =>
    Object.assign(new Event("securitypolicyviolation"), { effectiveDirective, blockedURI });

  it("ends a load that would wait for ever", async () => {
    const page = new EventTarget();
    const refused = unlessWorkersAreBlocked("ort-wasm", () => new Promise<never>(() => {}), page);
    page.dispatchEvent(violation("img-src", "blob"));
    page.dispatchEvent(violation("worker-src", "blob"));
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    await expect(refused).rejects.toThrow("Add blob: to its worker-src, or use threads=1.");
  });

  it("leaves all others alone, in Node too", async () => {
    expect(await unlessWorkersAreBlocked("ort-wasm", () => Promise.resolve(1))).toBe(1);
    const failing = unlessWorkersAreBlocked(
      "ort-wasm",
      () => Promise.reject(new Error("no")),
      new EventTarget(),
    );
    await expect(failing).rejects.toThrow("no");
  });
});

describe("describeWorkerError", () => {
  it("has the error's words where there are any", () => {
    expect(describeWorkerError({ message: "x is not defined" })).toBe("x is not defined.");
  });

  it("names what to see to where a worker says nothing: its file was not loaded", () => {
    for (const event of [{}, { message: "" }, { message: undefined }])
      expect(describeWorkerError(event)).toMatch(/^Its file was not loaded\. .*worker-src 'self'/);
  });
});
