/**
 * Goes on where whoever read the output has left (`npm start 2>&1 | head`): what was begun is finished, and the exit
 * status is the same. Of what cannot be written for another reason, such as a full disk, nobody is left to be told.
 */
export function outliveReaders() {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
