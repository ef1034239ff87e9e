'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { type ColumnDef, type RowSelectionState, useTable } from '@tanstack/react-table'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/ui/error-state'
import { ActionCell, Cell, Row, roles, SelectCell, SkeletonRows, TableFrame } from '@/components/ui/table'
import type { Paged } from '@/lib/paging'
import { type Features, features } from '@/components/table/features'
import { HeadCell } from '@/components/table/head-cell'
import { Pager } from '@/components/table/pager'
import type { ListState } from '@/components/table/use-list-state'

type Props<Item extends { id: string }> = {
  /** The name of the table for screen readers. */
  caption: string
  columns: ColumnDef<Features, Item>[]
  /** The requested page; the previous one stays visible while it loads. */
  query: Pick<UseQueryResult<Paged<Item>>, 'data' | 'error' | 'refetch' | 'isPlaceholderData'>
  list: ListState
  /** The ids of the selected rows; undefined: rows cannot be selected. */
  selected?: RowSelectionState
  onSelect?: (selected: RowSelectionState) => void
  /** Replaces the table if the list is empty without any filter. */
  empty: ReactNode
  noMatch: string
}

const none: never[] = []

/** A table that the server pages, sorts and filters, with skeleton rows while it loads, a sticky head and a pager. */
export function DataTable<Item extends { id: string }>(props: Props<Item>) {
  const { caption, columns, query, list, selected, onSelect, empty, noMatch } = props
  const t = useTranslations('table')
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
  const own = columns.filter(({ id }) => id !== 'select')
  const titleId = (own.find(({ meta }) => meta?.isTitle) ?? own[0])?.id
  const heads = table.getHeaderGroups().flatMap(({ headers }) => headers)
  return (
    <>
      <TableFrame
        caption={caption}
        isBusy={isPlaceholderData}
        sortLabel={heads.some(({ column }) => column.columnDef.enableSorting) ? t('sortBy') : undefined}
        head={heads.map((header) => (
          <HeadCell key={header.id} header={header} />
        ))}
      >
        {!data && (
          <SkeletonRows columns={heads.map(({ id, column }) => ({ key: id, ...column.columnDef.meta }))} rows={8} />
        )}
        {data?.rows.length === 0 && (
          <tr {...roles.row} className="max-sm:block">
            <td {...roles.cell} colSpan={heads.length} className="px-4 py-10 text-center text-muted max-sm:block">
              {noMatch}
            </td>
          </tr>
        )}
        {table.getRowModel().rows.map((row) => (
          <Row key={row.id} data-selected={row.getIsSelected() || undefined}>
            {row.getAllCells().map((cell) => {
              const { id, columnDef } = cell.column
              const value = <table.FlexRender cell={cell} />
              if (id === 'actions') return <ActionCell key={id}>{value}</ActionCell>
              const { className } = columnDef.meta ?? {}
              if (id === 'select')
                return (
                  <SelectCell key={id} className={className}>
                    {value}
                  </SelectCell>
                )
              return (
                <Cell key={id} className={className} label={id === titleId ? undefined : String(columnDef.header)}>
                  {value}
                </Cell>
              )
            })}
          </Row>
        ))}
      </TableFrame>
      {data && <Pager page={list.page} rowCount={data.rows.length} total={data.total} onPage={list.setPage} />}
    </>
  )
}
