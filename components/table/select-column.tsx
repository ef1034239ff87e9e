'use client'

import type { RowData } from '@tanstack/react-table'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { columnsOf } from '@/components/table/features'

/** The selection column of a `DataTable`: a checkbox per row, and one in the head for all rows of the page. */
export function useSelectColumn<Row extends RowData>() {
  const t = useTranslations('table')
  return useMemo(
    () =>
      columnsOf<Row>().display({
        id: 'select',
        meta: { className: 'w-9 pr-0' },
        header: ({ table }) => (
          <Box
            label={t('selectAll')}
            isChecked={table.getIsAllPageRowsSelected()}
            isMixed={table.getIsSomePageRowsSelected()}
            onChange={table.getToggleAllPageRowsSelectedHandler()}
          />
        ),
        cell: ({ row }) => (
          <Box label={t('selectRow')} isChecked={row.getIsSelected()} onChange={row.getToggleSelectedHandler()} />
        ),
      }),
    [t],
  )
}

type BoxProps = { label: string; isChecked: boolean; isMixed?: boolean; onChange: (event: unknown) => void }

function Box({ label, isChecked, isMixed = false, onChange }: BoxProps) {
  return (
    // Above the row's link, with a larger hit area.
    <label className="relative z-[1] -m-2 flex cursor-pointer p-2 pointer-coarse:-m-3 pointer-coarse:p-3">
      <input
        type="checkbox"
        aria-label={label}
        className="cursor-pointer"
        checked={isChecked}
        onChange={onChange}
        ref={(box) => {
          if (box) box.indeterminate = isMixed && !isChecked
        }}
      />
    </label>
  )
}
