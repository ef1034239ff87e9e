'use client'

import { type ComponentProps, type ComponentType, type ReactNode, useState } from 'react'
import { useCanChange } from '@/components/shell/role-context'
import { DataTable } from '@/components/table/data-table'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'

type Props<Item extends { id: string }> = Omit<ComponentProps<typeof DataTable<Item>>, 'caption' | 'empty'> & {
  title: string
  intro: ReactNode
  action?: ReactNode
  /** Further actions of an administrator, before the primary one. */
  secondary?: ReactNode
  /** The primary action of an administrator, in the header and in the empty list. */
  create?: { text: string; Sheet: ComponentType<{ isOpen: boolean; onOpenChange: (isOpen: boolean) => void }> }
  /** Tabs and notices above the filters. */
  children?: ReactNode
  filters: ReactNode
  /** The name of the table for screen readers; default: the title. */
  caption?: string
  /** Replaces the table while the list has no rows and no filter. */
  empty: { title: string; hint: ReactNode; action?: ReactNode }
}

/** A page with one list: header, filters, table, and the sheet that creates a row. */
export function ListPage<Item extends { id: string }>(props: Props<Item>) {
  const { title, intro, action, secondary, create, children, filters, caption = title, empty, ...table } = props
  const canChange = useCanChange()
  const [isCreating, setCreating] = useState(false)
  const createButton = create && canChange && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {create.text}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={title}
        action={
          action ?? (
            <>
              {canChange && secondary}
              {createButton}
            </>
          )
        }
      >
        {intro}
      </PageHeader>
      {children}
      {filters}
      <DataTable<Item>
        {...table}
        caption={caption}
        empty={
          <EmptyState title={empty.title} action={empty.action ?? createButton}>
            {empty.hint}
          </EmptyState>
        }
      />
      {/* Outside the empty state, which disappears as soon as the first row is created. */}
      {create && <create.Sheet isOpen={isCreating} onOpenChange={setCreating} />}
    </>
  )
}
