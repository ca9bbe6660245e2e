import type { Environment } from "../environment.ts";

/** What a machine is, in a few words: `AMD EPYC with 2 cores on KVM`. */
export function machineTitle({ cpu, virtualization }: Pick<Environment, "cpu" | "virtualization">): string {
  const hardware = `${cpu.model} with ${cpu.cores} ${cpu.cores === 1 ? "core" : "cores"}`;
  return [hardware, virtualization].filter(Boolean).join(" on ");
}
