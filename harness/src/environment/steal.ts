/** Processor time since boot in clock ticks, over all cores. */
export interface CpuTicks {
  readonly total: number;
  /** Given by the hypervisor to other machines while this one wanted to run. */
  readonly steal: number;
}

/**
 * @param text of Linux's `/proc/stat`
 * @returns null where it has another form, or a kernel that counts no steal wrote it
 */
export function parseCpuTicks(text: string): CpuTicks | null {
  const [label, ...columns] = (text.split("\n", 1)[0] ?? "").trim().split(/\s+/);
  // user nice system idle iowait irq softirq steal; guest time is within user already.
  const ticks = columns.slice(0, 8).map(Number);
  if (label !== "cpu" || ticks.length < 8 || ticks.some(Number.isNaN)) return null;
  return { total: ticks.reduce((sum, value) => sum + value, 0), steal: ticks[7] ?? 0 };
}

/** The share of processor time stolen between two readings; null where unknown. */
export function stealShare(before: CpuTicks | null, after: CpuTicks | null): number | null {
  if (!before || !after || after.total <= before.total) return null;
  return Math.min(1, Math.max(0, (after.steal - before.steal) / (after.total - before.total)));
}
