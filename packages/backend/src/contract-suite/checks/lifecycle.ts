import { computedLayers } from "@mobilenet-bench/spec";
import { SessionError } from "../../errors.ts";
import { assert, assertRejects, NotApplicable, type Ability, type ContractCheck } from "../contract-check.ts";
import { fixture, OTHER, SMALL } from "../fixture.ts";

/** Sessions come, live beside each other, and go. */
export const lifecycle: readonly ContractCheck[] = [
  {
    name: "says whether it can run here, without throwing",
    run: async (backend) => {
      const availability = await backend.availability();
      assert(
        availability.available || (availability.reason !== "" && availability.remedy !== ""),
        "It is unavailable without a reason and a remedy.",
      );
    },
  },
  {
    name: "prepares as often as asked",
    run: async (backend, options) => {
      if (!backend.prepare) throw new NotApplicable("The backend has no prepare.");
      await backend.prepare();
      await backend.prepare();
      const subject = fixture(SMALL);
      await subject.use(backend, options, (session) => subject.assertInfers(session, 1, "after preparing"));
    },
  },
  {
    name: "keeps sessions apart",
    run: async (backend, options) => {
      const subjects = [fixture(SMALL), fixture(OTHER), fixture(SMALL, 2)] as const;
      const [a, b, c] = subjects;
      await a.use(backend, options, async (first) => {
        await a.assertInfers(first, 1, "before other sessions");
        await b.use(backend, options, (second) =>
          c.use(backend, options, async (third) => {
            for (const image of [1, 2]) {
              await a.assertInfers(first, image, "beside other sessions");
              await b.assertInfers(second, image, "beside other sessions");
              await c.assertInfers(third, image, "beside other sessions");
            }
          }),
        );
        await a.assertInfers(first, 1, "after other sessions were disposed");
      });
    },
  },
  {
    name: "disposes twice, and computes no more",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      const session = await backend.load(subject.model, subject.weights, options);
      await session.infer(subject.image(1));
      await session.dispose();
      await session.dispose();
      const image = subject.image(1);
      const [first] = computedLayers(subject.model);
      const calls: Record<Ability | "infer", (() => Promise<unknown>) | undefined> = {
        infer: () => session.infer(image),
        inferBatch: session.inferBatch && (() => session.inferBatch!(image, 1)),
        inferLayer: session.inferLayer && (() => session.inferLayer!(first!.name, image)),
        layerOutputs: session.layerOutputs && (() => session.layerOutputs!(image)),
        timeLayers: session.timeLayers && (() => session.timeLayers!(image)),
        memory: session.memory && (() => session.memory!()),
      };
      for (const [name, call] of Object.entries(calls))
        if (call) await assertRejects(call, SessionError, `${name} after dispose`);
    },
  },
  {
    name: "disposes a session that never inferred",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, () => Promise.resolve());
    },
  },
  {
    name: "loads again after dispose",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      for (let i = 0; i < 3; i++)
        await subject.use(backend, options, (session) =>
          subject.assertInfers(session, 1, `in session ${i + 1}`),
        );
    },
  },
];
