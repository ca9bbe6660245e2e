/** Tells those who hear a page; later words take the place of earlier ones. */
export function say(document: Document, words: string): void {
  const region = document.getElementById("live");
  if (region) region.textContent = words;
}
