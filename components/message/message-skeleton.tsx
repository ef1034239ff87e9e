/** A placeholder with the shape of messages, while the first page loads. */
export function MessageSkeleton() {
  return (
    <div aria-hidden className="rounded-lg border border-subtle bg-surface shadow-card">
      {Array.from({ length: 6 }, (_, row) => (
        <div key={row} className="flex flex-col gap-2 border-b border-subtle px-4 py-3 last:border-0">
          <div className="animate-pulse-soft h-3.5 w-48 rounded bg-skeleton" />
          <div className="animate-pulse-soft h-4 w-2/3 rounded bg-skeleton" />
        </div>
      ))}
    </div>
  )
}
