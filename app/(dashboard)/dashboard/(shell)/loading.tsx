/** Shows the skeleton of a page that takes long to render. */
export default function ShellLoading() {
  return (
    <div aria-busy className="animate-appear-late">
      <div className="h-7 w-40 rounded bg-skeleton" />
      <div className="mt-2 h-5 w-72 max-w-full rounded bg-skeleton" />
      <div className="mt-6 h-9 w-64 max-w-full rounded bg-skeleton" />
      <div className="mt-3 flex flex-col rounded-lg border border-subtle bg-surface">
        {Array.from({ length: 8 }, (_, row) => (
          <div key={row} className="flex gap-6 border-b border-subtle px-4 py-3.5 last:border-0">
            <div className="h-4 w-40 rounded bg-skeleton" />
            <div className="h-4 w-24 rounded bg-skeleton" />
            <div className="h-4 w-28 rounded bg-skeleton max-sm:hidden" />
          </div>
        ))}
      </div>
    </div>
  )
}
