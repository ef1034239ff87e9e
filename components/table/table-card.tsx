import type { ComponentProps, ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { SkeletonRows, Table } from '@/components/ui/table'

type Props<Item> = {
  title: string
  hint: ReactNode
  action?: ReactNode
  columns: ComponentProps<typeof Table>['columns']
  /** undefined: still loading. */
  items: Item[] | undefined
  error?: Error | null
  onRetry?: () => void
  empty?: ReactNode
  /** Renders the row of an item. */
  children: (item: Item) => ReactNode
}

/** A card with a short table without paging. */
export function TableCard<Item>(props: Props<Item>) {
  const { title, hint, action, columns, items, error, onRetry, empty, children } = props
  const isFailed = error && !items
  return (
    <Card title={title} hint={hint} action={action}>
      {isFailed && <ErrorState error={error} onRetry={() => onRetry?.()} />}
      {items?.length === 0 && empty}
      {!isFailed && !(items?.length === 0 && empty) && (
        <Table caption={title} columns={columns}>
          {items ? items.map(children) : <SkeletonRows columns={columns} />}
        </Table>
      )}
    </Card>
  )
}
