import { expect, it } from "vitest";
import * as z from "zod";
import { buildSite } from "../build/index.ts";

it("lets schemas be compiled where a site is built", () => {
  expect(buildSite).toBeTypeOf("function");
  expect(z.config().jitless).not.toBe(true);
});
