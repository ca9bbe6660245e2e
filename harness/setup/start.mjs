import { launch } from "./launch.mjs";
import { setUp } from "./setup.mjs";

const STORY = `
./mnb is the command line (on Windows: node mnb): ./mnb --help lists its commands, ./mnb doctor tells what can run here.
README.md and docs/ have the full story.
`;

if (await setUp()) {
  const given = process.argv.slice(2);
  const suite = given.some((word) => word.startsWith("--suite")) ? [] : ["--suite", "quick"];
  process.exitCode = await launch(["run", ...suite, ...given]);
  process.stderr.write(STORY);
} else {
  process.exitCode = 1;
}
