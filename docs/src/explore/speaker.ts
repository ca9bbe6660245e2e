import { say } from "./say.ts";

/** In milliseconds: whoever holds a key down hears where they stop. */
const PAUSE = 250;

/** Words for those who hear a page, after a pause in which no others came. */
export function speaker(document: Document): (words: string) => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return (words) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => say(document, words), PAUSE);
  };
}
