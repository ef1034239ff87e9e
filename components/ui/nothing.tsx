/** The mark of a value that does not exist. On a phone, a card of a table leaves out the line that would show it. */
export function Nothing() {
  return (
    <span data-nothing className="text-muted">
      —
    </span>
  )
}
