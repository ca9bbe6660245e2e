import { resolve } from "node:path";
import { formatShard } from "@mobilenet-bench/results";
import { CalibrationFolder } from "../calibrate/calibration-folder.ts";
import { RunFolder } from "../run/run-folder.ts";

/**
 * The words that go on with a run or a calibration that a night has begun and not finished: it is known by where its
 * result goes, and a run by its shard as well.
 * @returns undefined where there is none
 */
export async function resumeWords(
  words: readonly string[],
  folders: { readonly runs: string; readonly calibrations: string },
): Promise<readonly string[] | undefined> {
  const [command] = words;
  const output = valueOf(words, "--output");
  if (output === undefined) return undefined;
  if (command === "run") {
    const { unfinished } = await RunFolder.list(folders.runs);
    const shard = valueOf(words, "--shard");
    const found = unfinished.findLast(
      ({ start }) =>
        start.output === resolve(output) &&
        (start.shard === undefined ? undefined : formatShard(start.shard)) === shard,
    );
    return found && ["run", "--resume", found.start.id];
  }
  if (command === "calibrate") {
    const unfinished = await CalibrationFolder.list(folders.calibrations);
    const found = unfinished.findLast(({ start }) => start.output === resolve(output));
    return found && ["calibrate", "--resume", found.start.id];
  }
  return undefined;
}

function valueOf(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at < 0 ? undefined : words[at + 1];
}
