/** A line above a page that could not be brought to life, with a button to try again; the page beneath stays as it is. */
export function showFailure(element: HTMLElement, error: unknown, retry: () => void): void {
  const { ownerDocument: document } = element;
  document.getElementById("failure")?.remove();
  const line = document.createElement("p");
  line.id = "failure";
  line.className = "error-state";
  line.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Retry";
  button.addEventListener("click", () => {
    line.remove();
    retry();
  });
  line.append(error instanceof Error ? error.message : String(error), " ", button);
  element.before(line);
}
