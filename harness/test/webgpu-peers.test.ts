import { afterAll, describe, expect, it } from "vitest";
import type { Runner } from "../src/target/target.ts";
import { BROWSER } from "./support/browser.ts";
import {
  DEADLINE_MS,
  expectOnGpu,
  openPeer,
  openSmall,
  PEERS,
  request,
  SMALL,
} from "./support/webgpu-peers.ts";

/** The others are left to the nightly run: where a processor stands in for the GPU, opening takes many seconds. */
const USUAL = PEERS.filter(([, options]) => Object.keys(options).length === 0);

describe.skipIf(BROWSER === undefined).each(USUAL)("%s with %o in Chrome", (backend, options) => {
  let page: Promise<Runner> | undefined;
  const sharedPage = () => (page ??= openPeer(backend));
  afterAll(async () => (await page)?.kill());

  it("computes logits within bounds, on the GPU", { timeout: DEADLINE_MS }, async () => {
    const { actual } = await openSmall(await sharedPage(), backend, options);
    expectOnGpu(backend, actual);
  });

  it("refuses an option that it does not have", async () => {
    const runner = await sharedPage();
    const reply = await runner.request("open", request(backend, SMALL, { threads: 2 }), DEADLINE_MS);
    expect(reply).toMatchObject({ ok: false, failure: { kind: "unsupported" } });
  });
});
