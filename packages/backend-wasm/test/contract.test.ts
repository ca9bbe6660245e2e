import { randomModelsFrom, testBackend } from "@mobilenet-bench/backend/contract-suite";
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
  // There are nine variants: each tries a few random models in every run, and as many as others in the nightly one.
  random: randomModelsFrom(
    process.env["MNB_NIGHTLY"] ? process.env : { MNB_CONTRACT_RUNS: "4", ...process.env },
  ),
  variants: LEVELS.filter((level) => !refused[level]).flatMap((simd) =>
    [1, 2, 3].map((threads) => ({ simd, threads })),
  ),
});
