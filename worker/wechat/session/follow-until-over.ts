import type { OfflineReason } from '@/worker/wechat/port'
import { retry } from '@/lib/retry'
import { SessionOver } from '@/worker/wechat/errors'

type Options = {
  signal: AbortSignal
  minMs: number
  maxMs: number
  /** Whether an error shows that the credentials are no longer valid. */
  isDead?: (error: unknown) => boolean
  /** Ends the session for this reason. */
  end: (reason: OfflineReason) => Promise<void>
  /** Reports any other error, after which `follow` is called again. */
  onFault: (error: unknown) => void
}

/**
 * Calls `follow` until it returns or `signal` is aborted, with pauses from `minMs` to `maxMs` after failures. An error that ends the
 * session calls `end`, after which `follow` must return at once. Never rejects by itself.
 */
export async function followUntilOver(follow: () => Promise<void>, options: Options): Promise<void> {
  const { signal, minMs, maxMs, isDead, end, onFault } = options
  const onFailure = async (error: unknown) => {
    if (signal.aborted) return
    const reason = isDead?.(error) ? 'expired' : error instanceof SessionOver ? error.reason : null
    if (reason) await end(reason)
    else onFault(error)
  }
  await retry(follow, { signal, minMs, maxMs, onFailure })
}
