import { launch } from "./launch.mjs";
import { outliveReaders } from "./outlive-readers.mjs";
import { setUp } from "./setup.mjs";

const STORY = `
./mnb is the command line (on Windows: node mnb): ./mnb --help lists its commands, ./mnb doctor tells what can run here.
README.md and docs/ have the full story. ./mnb site build makes a site of the published runs, ./mnb site serve shows it.
`;
const USAGE = `npm start                     set-up, then the quick suite measured: the same as mnb run --suite quick
npm start -- OPTION…          with options of mnb run, such as --backend wasm or --suite sweep
`;

async function main() {
  const given = process.argv.slice(2);
  if (given.includes("--help") || given.includes("-h")) {
    console.log(`${USAGE}${STORY}`);
    return 0;
  }
  if (!(await setUp())) return 1;
  const suite = given.some((word) => word.startsWith("--suite")) ? [] : ["--suite", "quick"];
  const status = await launch(["run", ...suite, ...given]);
  process.stderr.write(STORY);
  return status;
}

outliveReaders();
process.exitCode = await main();
