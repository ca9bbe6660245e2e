import { describe, expect, test } from "vitest";
import {
  adapterLine,
  describeAdapter,
  describeDevice,
  DeviceLostError,
  InputError,
  pageAdapterAvailability,
  watchDevice,
  type Session,
} from "@mobilenet-bench/backend";

const SWIFTSHADER = { vendor: "google", architecture: "swiftshader", device: "", description: "" };

test.each([
  [SWIFTSHADER, "software"],
  [{ ...SWIFTSHADER, architecture: "", isFallbackAdapter: true }, "software"],
  [{ ...SWIFTSHADER, vendor: "apple", architecture: "metal-3" }, "integrated"],
  [{ ...SWIFTSHADER, vendor: "nvidia", architecture: "hopper" }, "discrete"],
  [{ ...SWIFTSHADER, vendor: "", architecture: "" }, "unknown"],
])("tells what kind of device %o is: %s", (info, kind) => {
  expect(describeAdapter(info).class).toBe(kind);
});

test("describes a device, also one that does not tell", () => {
  expect(describeDevice({ adapterInfo: SWIFTSHADER })).toEqual(describeAdapter(SWIFTSHADER));
  expect(describeDevice({})).toMatchObject({ class: "unknown", vendor: "" });
});

describe("the adapter of a page", () => {
  const page = (requestAdapter: () => Promise<unknown>) =>
    pageAdapterAvailability({ navigator: { gpu: { requestAdapter } } });

  test("is named", async () => {
    const detail = adapterLine(describeAdapter(SWIFTSHADER));
    expect(await page(async () => ({ info: SWIFTSHADER }))).toEqual({ available: true, detail });
  });

  test.each([
    ["There is no WebGPU", () => pageAdapterAvailability({ navigator: {} })],
    ["There is no WebGPU", () => pageAdapterAvailability({})],
    ["finds no adapter", () => page(async () => null)],
    ["refuses WebGPU (Error: no)", () => page(() => Promise.reject(new Error("no")))],
  ])("is missing: %s", async (reason, ask) => {
    expect(await ask()).toMatchObject({ available: false, reason: expect.stringContaining(reason) });
  });
});

describe("a watched session", () => {
  function watched(infer: Session["infer"]) {
    const { promise: lost, resolve: lose } = Promise.withResolvers<{ message: string }>();
    const session: Session = {
      actual: { threads: 1, precision: "fp32" },
      infer,
      dispose: () => Promise.resolve(),
    };
    return { lose, session: watchDevice("any", { lost }, session) };
  }

  test("computes as the session itself, and has its abilities alone", async () => {
    const { session } = watched(async (input) => input);
    expect(await session.infer(new Float32Array([1]))).toEqual(new Float32Array([1]));
    expect(session.inferLayer).toBeUndefined();
  });

  test("fails where a call waits for a device that is lost, and ever after", async () => {
    const { session, lose } = watched(() => new Promise(() => {}));
    const waiting = session.infer(new Float32Array());
    lose({ message: "unplugged" });
    await expect(waiting).rejects.toBeInstanceOf(DeviceLostError);
    await expect(waiting).rejects.toThrow("unplugged.");
    await expect(session.infer(new Float32Array())).rejects.toBeInstanceOf(DeviceLostError);
    await session.dispose();
  });

  test("names the loss where what it broke is heard of first", async () => {
    const { session, lose } = watched(() => {
      setTimeout(() => lose({ message: "unplugged" }));
      return Promise.reject(new Error("mapping failed"));
    });
    await expect(session.infer(new Float32Array())).rejects.toBeInstanceOf(DeviceLostError);
  });

  test("passes on other errors", async () => {
    const { session } = watched(() => Promise.reject(new InputError("too long")));
    await expect(session.infer(new Float32Array())).rejects.toBeInstanceOf(InputError);
  });
});
