/**
 * Why a worker failed, from its error or "error" event. In a page, one whose file cannot be loaded says nothing at all.
 * @returns a sentence or two
 */
export function describeWorkerError(event: object): string {
  const message: unknown = Reflect.get(event, "message");
  if (typeof message === "string" && message !== "") return message.endsWith(".") ? message : `${message}.`;
  return "Its file was not loaded. Check that it is served from the page's own origin, with Cross-Origin-Embedder-Policy: require-corp where the page is isolated, and that the content security policy allows it (worker-src 'self').";
}
