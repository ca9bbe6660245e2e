import type { Facts } from "./facts.ts";

/** Runs the command line on the Node beside it, from wherever the pack lies and through links. @param main in the pack */
export function launcher(main: string): string {
  return `#!/bin/sh
self=$(readlink -f "$0") || exit
here=\${self%/*}
exec "$here/bin/node" "$here/${main}" "$@"
`;
}

/** Three lines: what it is, how it is used, what it needs. */
export function readme({ commit, dirty, node, platform, backends }: Facts): string {
  const source = commit === null ? "an unknown commit" : `commit ${commit}${dirty ? " with changes" : ""}`;
  return `mobilenet-bench of ${source}, with Node ${node} for ${platform} and the backends ${backends.join(", ")}.
Run ./mnb doctor to see what works here and ./mnb run to measure; run files go to .mnb/runs in this folder, or in the working folder where this one is read-only.
Nothing is installed or fetched. Needed: glibc 2.28 and libstdc++; for webgpu glibc 2.34 and, with a GPU, its driver and the Vulkan loader (libvulkan1).
`;
}
