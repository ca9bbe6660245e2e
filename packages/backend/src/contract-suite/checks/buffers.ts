import { InputError } from "../../errors.ts";
import { assert, assertRejects, type ContractCheck } from "../contract-check.ts";
import { fixture, OTHER, SMALL } from "../fixture.ts";

/** Who may touch which memory, and what must not linger in it. */
export const buffers: readonly ContractCheck[] = [
  {
    name: "returns arrays of the caller's own",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        const first = await session.infer(subject.image(1));
        const kept = first.slice();
        const second = await session.infer(subject.image(2));
        assert(same(first, kept), "A later inference changed an array that was returned before.");
        first.fill(NaN);
        subject.assertLogits(session, second, 2, "after the array returned before was overwritten");
        second.fill(NaN);
        await subject.assertInfers(session, 1, "after returned arrays were overwritten");
      });
    },
  },
  {
    name: "leaves the input as it was",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        const input = subject.image(1);
        await session.infer(input);
        assert(same(input, subject.image(1)), "An inference changed its input.");
      });
    },
  },
  {
    name: "sees what an array holds now, not what it held before",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        const input = subject.image(1).slice();
        for (const image of [1, 2, 1]) {
          input.set(subject.image(image));
          const logits = await session.infer(input);
          subject.assertLogits(session, logits, image, "in an array that held another image before");
        }
      });
    },
  },
  {
    name: "takes an input in the middle of a larger buffer",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        const image = subject.image(1);
        // Five values in: neither at the start of the buffer nor aligned to vectors.
        const around = new Float32Array(image.length + 11).fill(NaN);
        around.set(image, 5);
        const logits = await session.infer(around.subarray(5, 5 + image.length));
        subject.assertLogits(session, logits, 1, "for an input in the middle of a larger buffer");
      });
    },
  },
  {
    name: "leaves the weights as they were",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      const before = [...subject.weights.tensors].map(([name, { data }]) => ({ name, data: data.slice() }));
      await subject.use(backend, options, async (session) => {
        await session.infer(subject.image(1));
      });
      for (const { name, data } of before) {
        const after = subject.weights.tensors.get(name)?.data;
        assert(after !== undefined && same(after, data), `Tensor ${name} of the weights was changed.`);
      }
    },
  },
  {
    name: "refuses inputs of a wrong length",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        const { length } = subject.image(1);
        for (const wrong of [0, length - 1, length + 1, 2 * length, length / 3])
          await assertRejects(
            () => session.infer(new Float32Array(wrong)),
            InputError,
            `An input of ${wrong} values in place of ${length}`,
          );
        await subject.assertInfers(session, 1, "after inputs of a wrong length");
      });
    },
  },
  {
    name: "is not poisoned by NaN and infinity",
    run: async (backend, options) => {
      const subject = fixture(OTHER);
      await subject.use(backend, options, async (session) => {
        const image = subject.image(1);
        const oneNaN = subject.image(1);
        oneNaN[7] = NaN;
        const poisons = [oneNaN, image.map(() => NaN), image.map((_, i) => (i % 2 ? Infinity : -Infinity))];
        for (const poison of poisons) {
          const logits = await logitsOrNothing(session.infer(poison));
          assert(
            logits === undefined || logits.length === subject.model.classes,
            `A poisoned input gives ${logits?.length} logits in place of ${subject.model.classes}.`,
          );
          await subject.assertInfers(session, 1, "after a poisoned input");
        }
      });
    },
  },
];

/** Backends may refuse NaN; what matters is what follows. */
function logitsOrNothing(inference: Promise<Float32Array>): Promise<Float32Array | undefined> {
  return inference.catch(() => undefined);
}

/** Bit for bit, as far as NaN allows to tell. */
function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
