import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'

type Props = {
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>
  className?: string
  children: ReactNode
}

/** Loads the next page of a list, below its last row; renders nothing on the last page. */
export function MoreButton({ query, className = 'mt-3 w-full', children }: Props) {
  if (!query.hasNextPage) return null
  return (
    <Button className={className} isBusy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
      {children}
    </Button>
  )
}
