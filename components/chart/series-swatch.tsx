/** The colour of a series next to its name. */
export function SeriesSwatch({ color }: { color: string }) {
  return (
    <svg aria-hidden width={10} height={10} className="shrink-0">
      <rect width={10} height={10} rx={2} fill={color} />
    </svg>
  )
}
