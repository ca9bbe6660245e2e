const LONGEST = 80;

/** A name out of a file as a message may hold it: on one line, no control characters, not too long. */
export function quote(name: string): string {
  return JSON.stringify(name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);
}
