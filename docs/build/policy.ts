import { createHash } from "node:crypto";

/** The hash of an inline style or script as a policy names it. */
export function sourceHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/**
 * What a page may do: load scripts and data of its own origin, and have the one style that stands in it. Nothing is fetched from
 * elsewhere, and no string becomes a script.
 * @param style the text between the tags, to the letter
 */
export function contentPolicy(style: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${sourceHash(style)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
