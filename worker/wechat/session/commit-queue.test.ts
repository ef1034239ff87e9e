import { expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { WechatEvent } from '@/worker/wechat/port'

const log = createLogger({ level: 'silent', process: 'test' })
const code = (content: string): WechatEvent => ({ type: 'qr_code', content })

it('CommitQueue retries a batch that was not stored, before any later batch', async () => {
  const stored: string[] = []
  let refusals = 2
  const queue = new CommitQueue(
    async ([event]) => {
      if (event?.type === 'qr_code' && event.content === 'first' && refusals-- > 0) throw new Error('database away')
      stored.push(event?.type === 'qr_code' ? event.content : '')
    },
    new AbortController().signal,
    log,
  )
  await Promise.all([queue.push([code('first')], null), queue.push([code('second')], null)])
  expect(stored).toEqual(['first', 'second'])
})

it('CommitQueue stores nothing after the end of the session', async () => {
  const stored: WechatEvent[][] = []
  const queue = new CommitQueue(async (events) => void stored.push(events), new AbortController().signal, log)
  const pushed = [queue.push([{ type: 'offline', reason: 'expired' }], null), queue.push([code('late')], null)]
  expect(await Promise.all(pushed)).toEqual([true, false])
  expect(stored).toHaveLength(1)
})

it('CommitQueue gives up a batch once its session is detached', async () => {
  const lifetime = new AbortController()
  const queue = new CommitQueue(
    async () => {
      lifetime.abort()
      throw new Error('database away')
    },
    lifetime.signal,
    log,
  )
  expect(await queue.push([code('x')], null)).toBe(false)
})
