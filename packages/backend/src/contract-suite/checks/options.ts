import type { Backend, Options, OptionSpec, OptionValue } from "../../contract.ts";
import { UnsupportedError } from "../../errors.ts";
import { resolveOptions } from "../../options.ts";
import { assert, assertRejects, type ContractCheck } from "../contract-check.ts";
import { fixture, SMALL } from "../fixture.ts";

/** Nothing but exactly what was asked for. */
export const options: readonly ContractCheck[] = [
  {
    name: "refuses options it does not have",
    run: async (backend, options) => {
      // The second is a member of every object, and must not count as an option.
      for (const unknown of ["no-such-option", "constructor"])
        await assertRefused(backend, options, unknown, 1);
    },
  },
  {
    name: "refuses values its options do not take",
    run: async (backend, options) => {
      for (const [name, spec] of Object.entries(backend.options))
        for (const value of wrongValues(spec)) await assertRefused(backend, options, name, value);
    },
  },
  {
    name: "takes its own defaults",
    run: async (backend) => {
      const defaults = resolveOptions(backend);
      // Throws where a default is none of the values allowed.
      resolveOptions(backend, defaults);
    },
  },
  {
    name: "reports the threads and the precision that were asked for",
    run: async (backend, options) => {
      const asked = resolveOptions(backend, options);
      const subject = fixture(SMALL);
      await subject.use(backend, options, async ({ actual }) => {
        assert(
          Number.isInteger(actual.threads) && actual.threads >= 1,
          `actual.threads is ${actual.threads} instead of a whole number from 1.`,
        );
        for (const name of ["threads", "precision"] as const)
          assert(
            asked[name] === undefined || actual[name] === asked[name],
            `actual.${name} is ${actual[name]}, but ${asked[name]} was asked for.`,
          );
        const stored: unknown = JSON.parse(JSON.stringify(actual));
        assert(
          JSON.stringify(stored) === JSON.stringify(actual) && !hasHoles(actual),
          "actual holds values that JSON cannot store.",
        );
      });
    },
  },
];

function wrongValues({ values }: OptionSpec): readonly OptionValue[] {
  if (!("min" in values)) return ["no such value", "", 0];
  const { min, max } = values;
  return [min - 1, max + 1, min + 0.5, NaN, String(min), "many"];
}

async function assertRefused(backend: Backend, options: Options, name: string, value: OptionValue) {
  const { model, weights } = fixture(SMALL);
  const load = async () => {
    const session = await backend.load(model, weights, { ...options, [name]: value });
    await session.dispose();
  };
  await assertRejects(load, UnsupportedError, `Option ${name} with the value ${typeof value} ${value}`);
}

/** Whether there is a number that JSON turns into null, or undefined, which it drops. */
function hasHoles(value: unknown): boolean {
  if (value === undefined || (typeof value === "number" && !Number.isFinite(value))) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasHoles);
}
