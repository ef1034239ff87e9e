'use client'

import { onlineManager, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { DashboardError } from '@/components/queries/call-dashboard'

/** An answer that our server did not write, or none: every answer of ours has a request id. */
function isFromNobody(error: unknown): boolean {
  return error instanceof DashboardError && error.requestId === null
}

/** Tells whether the server has stopped answering, as the page's own questions find out; `regain` says that it is back. */
export function useReach(): { isLost: boolean; regain: () => void } {
  const client = useQueryClient()
  const [isLost, setLost] = useState(false)
  useEffect(() => watch(client, setLost), [client])
  const regain = () => {
    setLost(false)
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'reach' })
  }
  return { isLost, regain }
}

function watch(client: QueryClient, setLost: (isLost: boolean) => void): () => void {
  const endings = [
    client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated') return
      if (event.action.type === 'failed' && isFromNobody(event.action.error)) setLost(true)
      if (event.action.type === 'success' && !event.action.manual && event.query.queryKey[0] !== 'reach') setLost(false)
    }),
    client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error' && isFromNobody(event.action.error)) setLost(true)
    }),
    onlineManager.subscribe((isOnline) => isOnline || setLost(true)),
  ]
  return () => endings.forEach((end) => end())
}
