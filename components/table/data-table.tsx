'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { type ColumnDef, type RowSelectionState, useTable } from '@tanstack/react-table'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { ErrorState } from '@/components/ui/error-state'
import { Cell, Row, SkeletonRows, TableFrame } from '@/components/ui/table'
import type { Paged } from '@/lib/paging'
import { type Features, features } from './features'
import { HeadCell } from './head-cell'
import { Pager } from './pager'
import type { ListState } from './use-list-state'

type Props<Item extends { id: string }> = {
  /** For screen readers. */
  caption: string
  columns: ColumnDef<Features, Item>[]
  /** The page asked for; the one before stays in sight while it is under way. */
  query: Pick<UseQueryResult<Paged<Item>>, 'data' | 'error' | 'refetch' | 'isPlaceholderData'>
  list: ListState
  /** The ids of rows that are chosen; without it none can be. */
  selected?: RowSelectionState
  onSelect?: (selected: RowSelectionState) => void
  /** In place of the table where the list has nothing at all; a filter that finds nothing says so by itself. */
  empty: ReactNode
  noMatch: string
}

const none: never[] = []

/** A list that the server pages, sorts and filters: skeleton rows first, then its rows under a sticky head, with a pager. */
export function DataTable<Item extends { id: string }>(props: Props<Item>) {
  const { caption, columns, query, list, selected, onSelect, empty, noMatch } = props
  const { data, error, refetch, isPlaceholderData } = query
  const sorting = list.sort ? [{ id: list.sort.replace(/^-/, ''), desc: list.sort.startsWith('-') }] : []
  const rowSelection = selected ?? {}
  const table = useTable({
    features,
    columns,
    data: data?.rows ?? none,
    getRowId: (row) => row.id,
    manualSorting: true,
    sortDescFirst: false,
    defaultColumn: { enableSorting: false },
    enableRowSelection: selected !== undefined,
    state: { sorting, rowSelection },
    onSortingChange(update) {
      const [first] = typeof update === 'function' ? update(sorting) : update
      list.set({ sort: first ? `${first.desc ? '-' : ''}${first.id}` : '' })
    },
    onRowSelectionChange: (update) => onSelect?.(typeof update === 'function' ? update(rowSelection) : update),
  })
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (data?.total === 0 && !list.isFiltered) return empty
  const heads = table.getHeaderGroups().flatMap(({ headers }) => headers)
  return (
    <>
      <TableFrame
        caption={caption}
        isBusy={isPlaceholderData}
        head={heads.map((header) => (
          <HeadCell key={header.id} header={header} />
        ))}
      >
        {!data && (
          <SkeletonRows columns={heads.map(({ id, column }) => ({ key: id, ...column.columnDef.meta }))} rows={8} />
        )}
        {data?.rows.length === 0 && (
          <tr>
            <td colSpan={heads.length} className="px-4 py-10 text-center text-muted">
              {noMatch}
            </td>
          </tr>
        )}
        {table.getRowModel().rows.map((row) => (
          <Row key={row.id} data-selected={row.getIsSelected() || undefined}>
            {row.getAllCells().map((cell) => (
              <Cell key={cell.id} className={clsx(cell.column.columnDef.meta?.className)}>
                <table.FlexRender cell={cell} />
              </Cell>
            ))}
          </Row>
        ))}
      </TableFrame>
      {data && <Pager page={list.page} rowCount={data.rows.length} total={data.total} onPage={list.setPage} />}
    </>
  )
}
