/** What a run's file is called in the site's `runs/`, where gzip has compressed it. */
export function archiveOf(file: string): string {
  return `${file}.gz`;
}
