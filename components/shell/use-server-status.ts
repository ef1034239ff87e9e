'use client'

import { onlineManager, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { DashboardError } from '@/components/queries/call-dashboard'

/** Returns whether a response is missing or not ours: all our responses have a request id. */
function isUnreachable(error: unknown): boolean {
  return error instanceof DashboardError && error.requestId === null
}

/** Returns whether the server is unreachable, judged by the page's own requests; `markOnline` marks it as back. */
export function useServerStatus(): { isLost: boolean; markOnline: () => void } {
  const client = useQueryClient()
  const [isLost, setLost] = useState(false)
  useEffect(() => watch(client, setLost), [client])
  const markOnline = () => {
    setLost(false)
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'reach' })
  }
  return { isLost, markOnline }
}

function watch(client: QueryClient, setLost: (isLost: boolean) => void): () => void {
  const unsubscribers = [
    client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated') return
      if (event.action.type === 'failed' && isUnreachable(event.action.error)) setLost(true)
      if (event.action.type === 'success' && !event.action.manual && event.query.queryKey[0] !== 'reach') setLost(false)
    }),
    client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error' && isUnreachable(event.action.error)) setLost(true)
    }),
    onlineManager.subscribe((isOnline) => isOnline || setLost(true)),
  ]
  return () => unsubscribers.forEach((unsubscribe) => unsubscribe())
}
