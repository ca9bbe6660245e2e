import type { Actual, SessionMemory } from "../../contract.ts";
import { assert, requireAbility, type ContractCheck } from "../contract-check.ts";
import { fixture, SMALL } from "../fixture.ts";

/** Of one weight in memory. */
const BYTES: Readonly<Record<Actual["precision"], number>> = { fp64: 8, fp32: 4, fp16: 2, int8: 1 };

/** What a session says of its memory. */
export const memory: readonly ContractCheck[] = [
  {
    name: "tells memory in whole bytes, at least those of the weights, and never less than before",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        requireAbility(session, "memory");
        const loaded = await session.memory();
        assertTold(loaded);
        const least = subject.model.params * BYTES[session.actual.precision];
        const held = Math.max(loaded.wasmBytes ?? 0, loaded.gpuBytes ?? 0);
        assert(held >= least, `Of a model whose weights take ${least} bytes it tells ${held}.`);
        await subject.assertInfers(session, 1, "after it told its memory");
        const used = await session.memory();
        assertTold(used);
        for (const kind of ["wasmBytes", "gpuBytes"] as const) {
          const [before, after] = [loaded[kind], used[kind]];
          assert(
            (before === undefined) === (after === undefined),
            `It tells ${kind} at one time and not at another.`,
          );
          assert(
            before === undefined || after === undefined || after >= before,
            `Its most ${kind} so far went from ${before} down to ${after}.`,
          );
        }
      });
    },
  },
];

function assertTold({ wasmBytes, gpuBytes }: SessionMemory) {
  assert(wasmBytes !== undefined || gpuBytes !== undefined, "It has a memory, of which it tells nothing.");
  for (const bytes of [wasmBytes, gpuBytes])
    assert(
      bytes === undefined || (Number.isSafeInteger(bytes) && bytes > 0),
      `It tells ${bytes} bytes, which is no size.`,
    );
}
