import { say } from "../explore/say.ts";

/** In milliseconds: long enough to be seen. */
const SHOWN = 1500;

/** Copies, and says so: in the button for those who see it, and to those who hear the page. */
export async function copyText(button: Element, text: string): Promise<void> {
  const { ownerDocument: document } = button;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that came over no safe connection have no clipboard, and a reader may deny it.
    prompt("It could not be copied. Copy it from here:", text);
    return;
  }
  say(document, "Copied.");
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), SHOWN);
}
