import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { detectLevel, LEVELS, revectorizationRefusal } from "@mobilenet-bench/backend-wasm/peak";

const refused = {
  baseline: undefined,
  relaxed: detectLevel() === "relaxed" ? undefined : "This engine has no relaxed SIMD.",
  wide: revectorizationRefusal()?.reason,
};
for (const level of LEVELS)
  if (refused[level]) process.stderr.write(`not tested: simd=${level}: ${refused[level]}\n`);

await testBackend(wasm, {
  required: true,
  // Every level, and several threads with the one that is taken by itself; in the nightly run, with each.
  variants: LEVELS.filter((level) => !refused[level]).flatMap((simd) =>
    (simd === detectLevel() || process.env["MNB_NIGHTLY"] ? [1, 2, 3] : [1]).map((threads) => ({
      simd,
      threads,
    })),
  ),
});
