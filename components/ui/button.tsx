import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import LoaderCircle from 'lucide-react/icons/loader-circle'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

const base =
  'inline-flex min-h-9 items-center justify-center gap-1.5 rounded px-3 text-base font-medium whitespace-nowrap transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55'
const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:not-disabled:bg-accent-hover',
  plain: 'border border-field/60 bg-surface text-ink hover:not-disabled:bg-hover',
  quiet: 'text-ink hover:not-disabled:bg-hover',
  danger: 'bg-bad text-on-bad hover:not-disabled:opacity-90',
}

type Props = ComponentProps<'button'> & { look?: Look; isBusy?: boolean }

/** A button; while busy it keeps its place and words, turns a ring, and cannot be pressed again. */
export function Button({ look = 'plain', isBusy = false, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={clsx(base, looks[look], className)}
    >
      {isBusy && <LoaderCircle size={15} aria-hidden className="animate-spin" />}
      {children}
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({ look = 'plain', className, ...rest }: ComponentProps<typeof Link> & { look?: Look }) {
  return <Link {...rest} className={clsx(base, looks[look], className)} />
}
