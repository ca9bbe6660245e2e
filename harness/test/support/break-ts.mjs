// Imported by every process of a run before anything else (`node --import`): puts a backend that misbehaves in the place
// of `ts`, in the way that the variable MNB_BROKEN names. When it begins to, the file of MNB_BROKEN_MARK is there.
import { registerHooks } from "node:module";

const ENTRY = "/backend-ts/dist/index.js";

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(ENTRY)) return nextLoad(url, context);
    return { format: "module", source: SOURCE, shortCircuit: true };
  },
});

const SOURCE = `
import { writeFileSync } from "node:fs";
import { reference } from "@mobilenet-bench/backend";
const { MNB_BROKEN: how, MNB_BROKEN_MARK: mark } = process.env;
const never = () => new Promise(() => setInterval(() => {}, 1000));
const loop = () => { for (;;); };
const misbehave = (when) => {
  const way = {
    ["throw at " + when]() { throw new Error("out of luck"); },
    ["exit at " + when]() { process.exit(0); },
    ["loop at " + when]: loop,
    ["hang at " + when]: never,
    ["send at " + when]() { process.send?.({ hello: "world" }); },
    ["die at " + when]() { process.kill(process.pid, "SIGKILL"); },
  }[how];
  if (way && mark) writeFileSync(mark, "");
  return way?.();
};
await misbehave("import");
export const ts = {
  ...reference,
  id: "ts",
  options: {},
  async availability() {
    await misbehave("availability");
    return how === "answer nonsense" ? "yes" : { available: true };
  },
  async load(model, weights) {
    await misbehave("load");
    if (how === "use up the heap") for (const kept = []; ; ) kept.push(new Array(1e6).fill(0.5));
    const session = await reference.load(model, weights);
    const actual = { ...session.actual };
    if (how === "tell a circle") actual.self = actual;
    let inferences = 0;
    let job;
    // Before the runner hears of it, which computes at once.
    process.prependListener("message", (request) => (job = request.job));
    return {
      actual,
      async infer(input) {
        inferences++;
        if (inferences === 1) await misbehave("first inference");
        if (inferences > 1) await misbehave("second inference");
        if (job === "block") await misbehave("block");
        return session.infer(input);
      },
      async dispose() {
        await misbehave("dispose");
      },
    };
  },
};
`;
