const RUN = /^(latest|\d{4}-\d\d-\d\d.*)$|\.json$/;

/** Whether a word names a stored run and no build: `latest`, a file of JSON, or what begins with a date as ids of runs do. */
export function isRunWord(word: string): boolean {
  return RUN.test(word);
}
