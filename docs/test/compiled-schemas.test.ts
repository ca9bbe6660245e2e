import { expect, it } from "vitest";
import * as z from "zod";
import "../build/index.ts";

it("lets schemas be compiled where a site is built", () => {
  expect(z.config().jitless).not.toBe(true);
});
