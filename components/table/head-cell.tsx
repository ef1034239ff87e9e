'use client'

import { FlexRender, type Header } from '@tanstack/react-table'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import clsx from 'clsx'
import type { Features } from './features'

const spoken = { asc: 'ascending', desc: 'descending' } as const

/** The head of a column; of one that can be sorted a button that turns the order round. */
export function HeadCell<Item extends object>({ header }: { header: Header<Features, Item> }) {
  const { column } = header
  const { className, isHidden } = column.columnDef.meta ?? {}
  const direction = column.getIsSorted()
  const title = <FlexRender header={header} />
  return (
    <th
      scope="col"
      aria-sort={direction ? spoken[direction] : undefined}
      className={clsx('px-4 py-2.5 text-sm font-medium whitespace-nowrap text-muted', className)}
    >
      {/* Not `getCanSort`: it wants to read the rows' values, which the server sorts by. */}
      {column.columnDef.enableSorting ? (
        <button
          type="button"
          onClick={() => column.toggleSorting()}
          className="-mx-1 inline-flex items-center gap-1 rounded px-1 hover:text-ink"
        >
          {title}
          {direction === 'asc' && <ArrowUp size={13} aria-hidden />}
          {direction === 'desc' && <ArrowDown size={13} aria-hidden />}
        </button>
      ) : (
        <span className={clsx(isHidden && 'sr-only')}>{title}</span>
      )}
    </th>
  )
}
