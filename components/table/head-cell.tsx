'use client'

import { FlexRender, type Header } from '@tanstack/react-table'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import clsx from 'clsx'
import { roles } from '@/components/ui/table'
import type { Features } from '@/components/table/features'

const spoken = { asc: 'ascending', desc: 'descending' } as const

/** The head of a column; a button that toggles the order if the column is sortable. */
export function HeadCell<Item extends object>({ header }: { header: Header<Features, Item> }) {
  const { column } = header
  const { className, isHidden } = column.columnDef.meta ?? {}
  const direction = column.getIsSorted()
  const title = <FlexRender header={header} />
  return (
    <th
      scope="col"
      aria-sort={direction ? spoken[direction] : undefined}
      {...roles.head}
      className={clsx(
        'px-4 py-2.5 text-sm font-medium text-muted lg:whitespace-nowrap',
        className,
        // On a phone only the controls of the head remain, checkboxes first.
        'max-sm:w-auto max-sm:max-w-none max-sm:min-w-0 max-sm:p-0',
        column.columnDef.enableSorting ? 'max-sm:order-2' : column.id !== 'select' && 'max-sm:sr-only',
      )}
    >
      {/* Not `getCanSort`: it wants to read the rows' values, which the server sorts by. */}
      {column.columnDef.enableSorting ? (
        <button
          type="button"
          onClick={() => column.toggleSorting()}
          className="-mx-1 inline-flex items-center gap-1 rounded px-1 hover:text-ink pointer-coarse:min-h-10"
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
