import type { About } from "../graph/source-graph.ts";
import { parseLabels } from "../labels.ts";

const PREFIX = "mobilenet-bench.";

/** What our own files say beside the graph, as metadata of an ONNX model. */
export function aboutProps({ alpha, epsilon, labels }: About): Readonly<Record<string, string>> {
  return {
    ...(alpha !== undefined && { [`${PREFIX}alpha`]: String(alpha) }),
    ...(epsilon !== undefined && { [`${PREFIX}epsilon`]: String(epsilon) }),
    ...(labels && { [`${PREFIX}labels`]: JSON.stringify(labels) }),
  };
}

/** The inverse of {@link aboutProps}; what is no such value is left out. */
export function aboutFromProps(props: ReadonlyMap<string, string>): About {
  const number = (key: string) => {
    const text = props.get(PREFIX + key);
    return text !== undefined && text.trim() !== "" && Number.isFinite(Number(text))
      ? Number(text)
      : undefined;
  };
  const alpha = number("alpha");
  const epsilon = number("epsilon");
  const labels = parseLabels(props.get(`${PREFIX}labels`));
  return {
    ...(alpha !== undefined && { alpha }),
    ...(epsilon !== undefined && { epsilon }),
    ...(labels && { labels }),
  };
}
