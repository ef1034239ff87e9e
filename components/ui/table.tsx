import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { IntentLink } from '@/components/ui/intent-link'

/** `isHidden`: the title is for screen readers only. */
type Column = { key: string; title: string; isHidden?: boolean; className?: string }

const frame = 'rounded-lg border border-subtle bg-surface shadow-card sm:max-lg:relative sm:max-lg:overflow-x-auto'

/** Breaks long words: between phone and sidebar only in the row's name; the rest scrolls. */
const breaking =
  'md:[&_td]:wrap-anywhere max-sm:[&_td]:wrap-anywhere sm:max-md:[&_td:has([data-row-link])]:min-w-32 sm:max-md:[&_td:has([data-row-link])]:wrap-anywhere'

/** On a phone, a card has room below: text that a table truncates wraps. */
const untruncated =
  'max-sm:[&_td_.truncate]:overflow-visible max-sm:[&_td_.truncate]:whitespace-normal max-sm:[&_td_.whitespace-nowrap]:whitespace-normal'

/** Repeats the ARIA roles of table elements, which browsers drop when they are laid out as cards. */
export const roles = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  cell: { role: 'cell' },
}

type Frame = {
  caption: string
  head: ReactNode
  /** Precedes the sortable titles, where a phone shows only these; without it a phone shows none. */
  sortLabel?: string | undefined
  isBusy?: boolean
  children: ReactNode
}

/**
 * The frame of a table, with a sticky header and a caption for screen readers. On a phone each row is a card of titles and
 * values, and the header keeps only sortable titles. In between the table scrolls sideways, which disables the sticky header.
 */
export function TableFrame({ caption, head, sortLabel, isBusy = false, children }: Frame) {
  return (
    <div className={clsx(frame, isBusy && 'border-t-accent')}>
      <table
        {...roles.table}
        aria-busy={isBusy}
        className={clsx('w-full border-collapse text-left tabular-nums max-sm:block', breaking, untruncated)}
      >
        <caption className="sr-only">{caption}</caption>
        <thead
          {...roles.group}
          className={clsx(
            'z-10 bg-surface shadow-line max-sm:block max-sm:rounded-t-lg lg:sticky lg:top-14 [&_th:first-child]:rounded-tl-lg [&_th:last-child]:rounded-tr-lg',
            !sortLabel && 'max-sm:sr-only',
          )}
        >
          <tr
            {...roles.row}
            data-sort={sortLabel}
            className="max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:min-h-10 max-sm:gap-x-3 max-sm:px-4 max-sm:text-sm max-sm:text-muted max-sm:before:order-1 max-sm:before:content-[attr(data-sort)]"
          >
            {head}
          </tr>
        </thead>
        <tbody {...roles.group} className="max-sm:block">
          {children}
        </tbody>
      </table>
    </div>
  )
}

/** A short table that fits its page; growing lists use `DataTable`. */
export function Table({ caption, columns, children }: { caption: string; columns: Column[]; children: ReactNode }) {
  const head = columns.map((column) => (
    <th
      key={column.key}
      {...roles.head}
      scope="col"
      className={clsx('px-4 py-2.5 text-sm font-medium text-muted lg:whitespace-nowrap', column.className)}
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

/** A row, on a phone a card; a `RowLink` in it makes the whole row a link. */
export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      {...roles.row}
      // Times are above the row's link, for their tooltip; a click on one is a click on the row.
      onClick={({ target, currentTarget }) => {
        if (target instanceof HTMLTimeElement) currentTarget.querySelector<HTMLElement>('[data-row-link]')?.click()
      }}
      {...rest}
      className={clsx(
        'relative border-b border-subtle last:border-0 hover:bg-hover data-selected:bg-accent-soft',
        'max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-y-1 max-sm:px-4 max-sm:py-3',
        className,
      )}
    />
  )
}

/** Resets the table styles of a column in a card. */
const inCard =
  'max-sm:w-auto max-sm:min-w-0 max-sm:max-w-none max-sm:overflow-visible max-sm:p-0 max-sm:text-left max-sm:whitespace-normal'

type CellProps = ComponentProps<'td'> & {
  /** The column's title, shown before the value on a phone; without it the cell is the card's title. */
  label?: string | undefined
}

export function Cell({ label, className, children, ...rest }: CellProps) {
  return (
    <td
      {...roles.cell}
      {...rest}
      data-label={label}
      className={clsx(
        'px-4 py-2 align-middle',
        className,
        inCard,
        label === undefined
          ? 'max-sm:col-start-2 max-sm:row-start-1'
          : 'max-sm:col-span-full max-sm:grid max-sm:has-data-nothing:hidden max-sm:grid-cols-[6.5rem_minmax(0,1fr)] max-sm:gap-x-3 max-sm:before:font-sans max-sm:before:text-sm max-sm:before:text-muted max-sm:before:content-[attr(data-label)]',
      )}
    >
      {/* In a card the whole value is in the second column. */}
      <div className="min-w-0 sm:contents">{children}</div>
    </td>
  )
}

/** The first cell of a selectable row, with its checkbox. */
export function SelectCell({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return (
    <td
      {...roles.cell}
      className={clsx(
        'px-4 py-2 align-middle',
        className,
        inCard,
        'max-sm:col-start-1 max-sm:row-start-1 max-sm:pt-0.5 max-sm:pr-3',
      )}
    >
      {children}
    </td>
  )
}

/** The last cell of a row, with its actions; it is above the row's link. */
export function ActionCell({ children }: { children: ReactNode }) {
  return (
    <td
      {...roles.cell}
      className="relative z-[1] px-2 py-1 text-right max-sm:col-start-3 max-sm:row-start-1 max-sm:-mt-1.5 max-sm:-mr-2 max-sm:-mb-1 max-sm:p-0"
    >
      {children}
    </td>
  )
}

/** The link of a whole row, focused by j and k; other controls in the row are above it (`relative z-[1]`). */
export function RowLink({ className, ...rest }: ComponentProps<typeof IntentLink>) {
  return (
    <IntentLink
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

/** Placeholder rows while the first page loads. */
export function SkeletonRows({ columns, rows = 4 }: { columns: Omit<Column, 'title'>[]; rows?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr {...roles.row} key={row} className="border-b border-subtle last:border-0 max-sm:block max-sm:px-4 max-sm:py-3">
      {columns.map((column, index) => (
        <td
          {...roles.cell}
          key={column.key}
          className={clsx('px-4 py-3', column.className, inCard, 'max-sm:block', column.isHidden && 'max-sm:hidden')}
        >
          <div className={clsx('animate-pulse-soft h-4 max-w-full rounded bg-skeleton', widths[index % widths.length])}>
            &nbsp;
          </div>
        </td>
      ))}
    </tr>
  ))
}
