import clsx from 'clsx'

type Props = { label: string; code: string; isWrapped?: boolean; className?: string }

/** Preformatted text, scrollable by keyboard. */
export function CodeBlock({ label, code, isWrapped = false, className }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section
      tabIndex={0}
      aria-label={label}
      className={clsx('overflow-auto bg-sunken p-3 font-mono text-sm', className)}
    >
      <pre className={clsx('font-[inherit]', isWrapped && 'break-all whitespace-pre-wrap')}>{code}</pre>
    </section>
  )
}
