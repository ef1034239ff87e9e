import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import LoaderCircle from 'lucide-react/icons/loader-circle'

type Variant = 'primary' | 'plain' | 'quiet' | 'danger'

const base =
  'inline-flex min-h-control items-center justify-center gap-1.5 rounded px-3 text-base font-medium whitespace-nowrap transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55'
const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent hover:not-disabled:bg-accent-hover',
  plain: 'border border-field/60 bg-surface text-ink hover:not-disabled:bg-hover',
  quiet: 'text-ink hover:not-disabled:bg-hover',
  danger: 'bg-bad text-on-bad hover:not-disabled:opacity-90',
}

type Props = ComponentProps<'button'> & { variant?: Variant; isBusy?: boolean }

/** A button; while busy it keeps its size and text, shows a spinner, and is disabled. */
export function Button({ variant = 'plain', isBusy = false, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={clsx(base, variants[variant], className)}
    >
      {isBusy && <LoaderCircle size={15} aria-hidden className="animate-spin" />}
      {children}
    </button>
  )
}

/** A link to a file, in the shape of a button; `download` is the name of the saved file. */
export function DownloadLink({
  className,
  children,
  ...rest
}: ComponentProps<'a'> & { href: string; download: string }) {
  return (
    <a {...rest} className={clsx(base, variants.plain, className)}>
      {children}
    </a>
  )
}

export function ButtonLink({
  variant = 'plain',
  className,
  ...rest
}: ComponentProps<typeof Link> & { variant?: Variant }) {
  return <Link {...rest} className={clsx(base, variants[variant], className)} />
}
