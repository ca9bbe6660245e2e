import { reference } from "@mobilenet-bench/backend";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { expect, it } from "vitest";
import { slowedSession } from "../src/slowed.ts";
import { openJob, referenceRunner } from "./support/reference-jobs.ts";

const MODEL = createModel({ alpha: 0.25, resolution: 32 });

it("takes longer by the share, gives the session's own outputs, and says what it does", async () => {
  const session = await reference.load(MODEL, generateWeights(MODEL, 1));
  const input = syntheticImage(MODEL.resolution, 1);
  // The session's inference ends when 100 ms have gone; the clock goes on by 1 ms with every look.
  const times = [1000, 1100];
  let now = 1100;
  const slowed = slowedSession(session, 0.3, () => times.shift() ?? ++now);
  const logits = await slowed.infer(input);
  expect(now).toBe(1130);
  expect(logits).toEqual(await session.infer(input));
  expect(slowed.actual).toEqual({ ...session.actual, slowDown: 0.3 });
});

it("is there only where a job asks for it", async () => {
  const run = referenceRunner();
  const open = openJob(MODEL);
  const plain = await run(open);
  const slowed = await run({ ...open, slowDown: 0.05 });
  expect(plain).toMatchObject({ ok: true });
  expect(plain).not.toHaveProperty("value.actual.slowDown");
  expect(slowed).toHaveProperty("value.actual.slowDown", 0.05);
});
