import type { QueryClient } from '@tanstack/react-query'
import { alertChoices, alertsChoice } from '@/components/inbox/alerts-choice'
import { readPersistedChoice } from '@/components/ui/use-persisted-choice'

const retryMs = 5000

const isAlerting = () => readPersistedChoice(alertsChoice, alertChoices) === 'on'

let isUp = false
const listeners = new Set<() => void>()

/** Returns whether changes arrive by the stream, so that no query has to poll. */
export const isStreamUp = () => isUp

export function subscribeToStream(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function setUp(next: boolean): void {
  if (isUp === next) return
  isUp = next
  for (const listener of listeners) listener()
}

/**
 * Keeps a stream of changes open while the page is visible, and refetches the queries that a change concerns. A hidden page has one only
 * if it notifies of waiting conversations, because browsers allow few connections per server. Returns a function that ends it.
 */
export function followChanges(client: QueryClient, rootKey: readonly string[]): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  const refetchAll = () => void client.invalidateQueries({ queryKey: rootKey })

  function close(): void {
    clearTimeout(retry)
    source?.close()
    source = null
    setUp(false)
  }

  function open(): void {
    close()
    source = new EventSource('/api/live')
    source.addEventListener('open', () => {
      setUp(true)
      refetchAll()
    })
    source.addEventListener('message', ({ data }) => refetchChanged((JSON.parse(String(data)) as Change).ids))
    source.addEventListener('error', () => {
      setUp(false)
      // Starts the polling; the browser reconnects by itself unless the server refused.
      refetchAll()
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, retryMs)
    })
  }

  function refetchChanged(ids: string[] | null): void {
    if (ids === null) return refetchAll()
    void client.invalidateQueries({
      predicate: ({ queryKey, state }) =>
        rootKey.every((part, index) => queryKey[index] === part) && isConcerned(queryKey, state.data, ids),
    })
  }

  const followVisibility = () => {
    if (document.hidden && !isAlerting()) close()
    else if (source === null || source.readyState === EventSource.CLOSED) open()
  }
  document.addEventListener('visibilitychange', followVisibility)
  followVisibility()
  return () => {
    document.removeEventListener('visibilitychange', followVisibility)
    close()
  }
}

type Change = { ids: string[] | null }

/** A list concerns every conversation; the messages of a conversation also those that it shows. */
function isConcerned([, kind, conversationId]: readonly unknown[], data: unknown, ids: string[]): boolean {
  const isConversation = ids.some((id) => id.startsWith('cnv_'))
  if (kind !== 'one') return isConversation
  if (ids.includes(String(conversationId))) return true
  const text = JSON.stringify(data ?? null)
  return ids.some((id) => id.startsWith('msg_') && text.includes(id))
}
