import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

/** `isHidden`: its title is for screen readers only. */
type Column = { key: string; title: string; isHidden?: boolean; className?: string }

const frame = 'rounded-lg border border-subtle bg-surface shadow-card max-md:relative max-md:overflow-x-auto'

/** Words without end are broken: on a narrow screen those of the row's name alone, the rest scrolls. */
const breaking =
  'md:[&_td]:wrap-anywhere max-md:[&_td:has([data-row-link])]:min-w-32 max-md:[&_td:has([data-row-link])]:wrap-anywhere'

type Frame = { caption: string; head: ReactNode; isBusy?: boolean; children: ReactNode }

/**
 * The frame of a table: its head stays in sight under the top line, its caption is for screen readers. On a narrow
 * screen it scrolls sideways by itself, which costs the head its place.
 */
export function TableFrame({ caption, head, isBusy = false, children }: Frame) {
  return (
    <div className={clsx(frame, isBusy && 'border-t-accent')}>
      <table aria-busy={isBusy} className={clsx('w-full border-collapse text-left tabular-nums', breaking)}>
        <caption className="sr-only">{caption}</caption>
        <thead className="z-10 bg-surface shadow-line md:sticky md:top-14 [&_th:first-child]:rounded-tl-lg [&_th:last-child]:rounded-tr-lg">
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** A short table that is whole on its page; lists that grow use `DataTable`. */
export function Table({ caption, columns, children }: { caption: string; columns: Column[]; children: ReactNode }) {
  const head = columns.map((column) => (
    <th
      key={column.key}
      scope="col"
      className={clsx('px-4 py-2.5 text-sm font-medium whitespace-nowrap text-muted', column.className)}
    >
      {column.isHidden ? <span className="sr-only">{column.title}</span> : column.title}
    </th>
  ))
  return (
    <TableFrame caption={caption} head={head}>
      {children}
    </TableFrame>
  )
}

/** A row; a `RowLink` in it makes all of it a link. */
export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      // Moments lie above the row's link, to tell the exact time on hover; a press on one is a press on the row.
      onClick={({ target, currentTarget }) => {
        if (target instanceof HTMLTimeElement) currentTarget.querySelector<HTMLElement>('[data-row-link]')?.click()
      }}
      {...rest}
      className={clsx(
        'relative border-b border-subtle last:border-0 hover:bg-hover data-selected:bg-accent-soft',
        className,
      )}
    />
  )
}

export function Cell({ className, children, ...rest }: ComponentProps<'td'>) {
  return (
    <td {...rest} className={clsx('px-4 py-2 align-middle', className)}>
      {children}
    </td>
  )
}

/** The last cell of a row, with what can be done; it lies above the row's link. */
export function ActionCell({ children }: { children: ReactNode }) {
  return <td className="relative z-[1] px-2 py-1 text-right">{children}</td>
}

/** What can be done with a row, above the row's link; for the last column of a `DataTable`. */
export function RowActions({ children }: { children: ReactNode }) {
  return <div className="relative z-[1] -my-1 -mr-2 flex justify-end">{children}</div>
}

/**
 * The link of a whole row, where j and k lead; what else can be pressed in the row lies above it (`relative z-[1]`).
 */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      data-row-link
      className={clsx(
        'scroll-my-28 font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus',
        className,
      )}
    />
  )
}

const widths = ['w-40', 'w-24', 'w-28', 'w-20', 'w-16', 'w-24']

/** Rows of the real shape while the first answer is under way. */
export function SkeletonRows({ columns, rows = 4 }: { columns: Omit<Column, 'title'>[]; rows?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} className="border-b border-subtle last:border-0">
      {columns.map((column, index) => (
        <td key={column.key} className={clsx('px-4 py-3', column.className)}>
          <div className={clsx('animate-pulse-soft h-4 max-w-full rounded bg-sunken', widths[index % widths.length])}>
            &nbsp;
          </div>
        </td>
      ))}
    </tr>
  ))
}
