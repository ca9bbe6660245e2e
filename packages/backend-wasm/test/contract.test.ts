import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { detectLevel, LEVELS, revectorizationRefusal, type Level } from "@mobilenet-bench/backend-wasm/peak";

const refused = {
  baseline: undefined,
  relaxed: detectLevel() === "relaxed" ? undefined : "This engine has no relaxed SIMD.",
  wide: revectorizationRefusal()?.reason,
};
for (const level of LEVELS)
  if (refused[level]) process.stderr.write(`not tested: simd=${level}: ${refused[level]}\n`);

await testBackend(wasm, {
  required: true,
  variants: LEVELS.filter((level) => !refused[level]).flatMap((simd) =>
    threadsOf(simd).map((threads) => ({ simd, threads })),
  ),
});

/**
 * By day three, which share rows unevenly as two hardly do, with the level that is taken by itself; at night two and
 * three with each. Two of which neither is the caller's are tried by day in led-elsewhere.test.ts.
 */
function threadsOf(simd: Level): readonly number[] {
  if (process.env["MNB_NIGHTLY"]) return [1, 2, 3];
  return simd === detectLevel() ? [1, 3] : [1];
}
