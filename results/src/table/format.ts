/** Numbers as tables show them: always a point, no thousands separators, so that columns align and scripts can read. */

/** Three significant digits, never an exponent: 0.0123, 4.56, 78.9, 1234. */
export function significant(value: number, digits = 3): string {
  if (value === 0) return "0";
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(decimals, 20));
}

/** A count in millions with one decimal, as the paper prints mult-adds. */
export function millions(count: number, decimals = 1): string {
  return (count / 1e6).toFixed(decimals);
}

/** @param fraction 1 is 100 % */
export function percent(fraction: number, decimals = 0): string {
  return `${(fraction * 100).toFixed(decimals)} %`;
}

/** With its sign, and a minus as it is set: `+3 %`, `−35 %`, `0 %`. */
export function signedPercent(fraction: number, decimals = 0): string {
  const size = percent(Math.abs(fraction), decimals);
  if (Number.parseFloat(size) === 0) return size;
  return `${fraction < 0 ? "−" : "+"}${size}`;
}

/** Seconds, minutes and hours as people say them. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
