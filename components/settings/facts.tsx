type Fact = { name: string; variable?: string; value: string }

/** Settings as they are in force, each with the variable that sets it. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="flex flex-col">
      {facts.map(({ name, variable, value }) => (
        <div
          key={name}
          className="grid gap-x-6 border-t border-subtle py-2 first:border-0 first:pt-0 last:pb-0 sm:grid-cols-[280px_1fr]"
        >
          <dt>
            {name}
            {variable && <span className="block font-mono text-xs text-muted">{variable}</span>}
          </dt>
          <dd className="break-all whitespace-pre-wrap">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
