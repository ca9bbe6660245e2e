import { computedLayers, type ModelConfig } from "@mobilenet-bench/spec";
import { compareLayers } from "../../correctness/check-layers.ts";
import { precisionOf } from "../../correctness/precision.ts";
import { InputError } from "../../errors.ts";
import {
  assert,
  assertRejects,
  NotApplicable,
  requireAbility,
  type ContractCheck,
} from "../contract-check.ts";
import { fixture, OTHER, SMALL } from "../fixture.ts";

const WHOLE: ModelConfig = { ...SMALL, shallow: false };
const CONV: ModelConfig = { alpha: 0.1, resolution: 35, classes: 3, conv: true };

/** Layers one by one, where the session can show them. */
export const layers: readonly ContractCheck[] = [
  ...[WHOLE, OTHER, CONV].map((config): ContractCheck => ({
    name: `computes every layer of α ${config.alpha} at ${config.resolution}${config.conv ? " conv" : ""} within bounds`,
    run: async (backend, options) => {
      const subject = fixture(config);
      await subject.use(backend, options, async (session) => {
        if (!session.inferLayer && !session.layerOutputs)
          throw new NotApplicable("The session has neither inferLayer nor layerOutputs.");
        const expected = subject.expectedLayers(1, precisionOf(session.actual));
        const { ok, first } = await compareLayers(session, subject.image(1), expected.values());
        assert(ok, first?.reason ?? "");
        await subject.assertInfers(session, 2, "after single layers");
      });
    },
  })),
  {
    name: "gives the outputs of all layers in order",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        requireAbility(session, "layerOutputs");
        const outputs = await session.layerOutputs(subject.image(1));
        const names = computedLayers(subject.model).map(({ name }) => name);
        assert(
          [...outputs.keys()].join() === names.join(),
          `layerOutputs has ${[...outputs.keys()].join(", ")} instead of ${names.join(", ")}.`,
        );
        await assertRejects(
          () => session.layerOutputs(new Float32Array(1)),
          InputError,
          "layerOutputs of one value",
        );
      });
    },
  },
  {
    name: "refuses single layers that do not exist or do not fit",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        requireAbility(session, "inferLayer");
        await assertRejects(
          () => session.inferLayer("Conv2d_99", subject.image(1)),
          InputError,
          'A layer "Conv2d_99"',
        );
        for (const { name } of computedLayers(subject.model))
          await assertRejects(
            () => session.inferLayer(name, new Float32Array(1)),
            InputError,
            `One value as input of ${name}`,
          );
        await subject.assertInfers(session, 1, "after refused layers");
      });
    },
  },
  {
    name: "times all layers in order",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        requireAbility(session, "timeLayers");
        const times = await session.timeLayers(subject.image(1));
        const names = [...times.keys()].flatMap((name) => name.split("+"));
        const needed = computedLayers(subject.model).map(({ name }) => name);
        assert(
          names.join() === needed.join(),
          `timeLayers has ${names.join(", ")} instead of ${needed.join(", ")}.`,
        );
        for (const [name, ms] of times)
          assert(Number.isFinite(ms) && ms >= 0, `timeLayers gives ${ms} ms for ${name}.`);
        await assertRejects(
          () => session.timeLayers(new Float32Array(1)),
          InputError,
          "timeLayers of one value",
        );
        await subject.assertInfers(session, 2, "after timing layers");
      });
    },
  },
];
