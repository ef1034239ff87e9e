import type { Replies } from '@/lib/queue/reply'

/** Time in which changes are collected into one event. */
const batchMs = 150
/** Interval of heartbeats; shorter than the time after which the thin server closes a connection without progress. */
const heartbeatMs = 10_000
/** Maximum ids of one batch; more changes are sent as "anything may have changed". */
const maxIds = 200
const maxStreams = 500

let openStreams = 0

/**
 * Returns a stream of server-sent events `{"ids": [...]}`; `{"ids": null}`: anything may have changed. It ends with `signal`, when the
 * operator's session ends, and when the process stops. null: too many streams are open.
 */
export function streamChanges(
  replies: Pick<Replies, 'subscribe'>,
  { signal, isSignedIn }: { signal: AbortSignal; isSignedIn: () => Promise<boolean> },
): ReadableStream<Uint8Array> | null {
  if (openStreams >= maxStreams) return null
  openStreams += 1
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let ids: Set<string> | null = new Set()
      let batch: NodeJS.Timeout | undefined
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      const flush = () => {
        write(`data: ${JSON.stringify({ ids: ids && [...ids] })}\n\n`)
        ids = new Set()
        batch = undefined
      }
      const unsubscribe = replies.subscribe({
        onChange(id) {
          if (id?.startsWith('cmd_')) return
          ids = id === null || ids === null || ids.size >= maxIds ? null : ids.add(id)
          batch ??= setTimeout(flush, batchMs)
        },
        onClose: () => end(),
      })
      const heartbeat = setInterval(() => {
        // A client that does not read is not given more.
        if ((controller.desiredSize ?? 0) < -maxIds) return end()
        write(': open\n\n')
        void isSignedIn().then(
          (isIn) => isIn || end(),
          () => undefined,
        )
      }, heartbeatMs)
      end = () => {
        end = () => {}
        openStreams -= 1
        clearTimeout(batch)
        clearInterval(heartbeat)
        unsubscribe()
        signal.removeEventListener('abort', onAbort)
        try {
          controller.close()
        } catch {
          // The client has cancelled it.
        }
      }
      const onAbort = () => end()
      signal.addEventListener('abort', onAbort)
      write(': open\n\n')
      if (signal.aborted) end()
    },
    cancel: () => end(),
  })
}
