interface NoticesProps {
  readonly notices: readonly string[];
}

/** What of the address was not understood; the page works without it. */
export function Notices({ notices }: NoticesProps) {
  if (notices.length === 0) return null;
  return (
    <div class="notices" role="status">
      <ul>
        {notices.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
      </ul>
    </div>
  );
}
